"""The assessment's page, read by a parser that is not ours: well-formed, complete in itself, harmless whatever a database holds."""
import base64
import hashlib
import html.parser
import pathlib
import re
import sqlite3

import support

VOID = {"meta", "input", "br", "wbr"}
EVIL = "</style></script><script>alert(\"1\")</script><img src=x onerror='y'>\u202egnol\u0007"
ALLOWED = {"class", "id", "href", "role", "tabindex", "scope", "colspan", "lang", "charset", "name", "content", "http-equiv",
           "type", "checked", "for", "open", "placeholder", "viewbox", "width", "height", "x", "y", "rx", "d", "cx", "cy", "r",
           "x1", "x2", "y1", "y2", "preserveaspectratio", "font-size", "font-weight"}


class Page(html.parser.HTMLParser):
    """Complains about what does not belong together; keeps tags, attributes and texts."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.wrong, self.ids, self.links, self.texts = [], [], [], [], []
        self.tags, self.attributes, self.inner, self.metas = set(), set(), {}, {}
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        self.note(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.note(tag, attrs)

    def note(self, tag, attrs):
        self.tags.add(tag)
        values = dict(attrs)
        self.attributes |= set(values)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if "href" in values else []
        self.metas.update({values["http-equiv"]: values["content"]} if "http-equiv" in values else {})
        if tag == "svg" and not ("aria-label" in values or values.get("aria-hidden")):
            self.wrong.append("an <svg> without words")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at {self.getpos()} closes nothing")

    def handle_data(self, data):
        self.texts.append(data)
        if self.open and self.open[-1] in ("style", "script"):
            self.inner[self.open[-1]] = self.inner.get(self.open[-1], "") + data


class Assessment(support.Case):
    def analyze(self, url, *options):
        status = self.start("analyze", "${SOURCE_URL}", "--format", "html", "-o", f"{self.folder}/r.html", *options,
                            source=url).wait(timeout=600)
        self.assertEqual(status, 0, self.said()[1])
        return pathlib.Path(f"{self.folder}/r.html").read_text()

    def check(self, text):
        """What holds for every page."""
        page = Page(text)
        self.assertEqual(page.wrong, [])
        self.assertEqual(sorted(page.ids), sorted(set(page.ids)), "ids are there once")
        for link in page.links:
            self.assertTrue(link.startswith("#") and link[1:] in page.ids, link)
        self.assertLessEqual({name for name in page.attributes if not name.startswith(("aria-", "data-"))}, ALLOWED)
        self.assertFalse(page.tags & {"img", "iframe", "link", "object", "form", "base"})
        self.assertNotRegex(page.inner["style"], r"url\(|@import")
        policy = page.metas["Content-Security-Policy"]
        for tag in ("style", "script"):
            digest = base64.b64encode(hashlib.sha256(page.inner[tag].encode()).digest()).decode()
            self.assertIn(f"{tag}-src 'sha256-{digest}'", policy)
        return page

    def test_page_of_a_hostile_database(self):
        source = self.database("sqlite")
        with sqlite3.connect(source.path) as connection:
            for name in (EVIL, "n" * 200, "עברית", "a.b\"c'd`e"):
                quoted = '"' + name.replace('"', '""') + '"'
                connection.execute(f"CREATE TABLE {quoted} (id INTEGER PRIMARY KEY, {quoted} TEXT DEFAULT 'x''<b>')")
                connection.executemany(f"INSERT INTO {quoted} VALUES (?, ?)", [(i, EVIL + "x" * (i % 3)) for i in range(60)])
            connection.execute("CREATE VIEW \"<i>\" AS SELECT '</pre><script>' AS x")
        text = self.analyze(source.url, "--target", "postgresql", "--show-values")
        page = self.check(text)
        self.assertEqual(len(re.findall(r"<script", text)), 1)
        self.assertNotIn("\u0007", text)
        whole = "".join(page.texts)
        self.assertIn("<script>alert(\"1\")</script>", whole, "it is shown, as text")
        self.assertIn("עברית", whole)
        self.assertIn("n" * 200, whole)

    def test_page_and_document_agree(self):
        source = self.database("sqlite")
        with sqlite3.connect(source.path) as connection:
            connection.executescript(
                "CREATE TABLE person (id INTEGER PRIMARY KEY, email TEXT, city TEXT, born TEXT);"
                "CREATE TABLE visit (id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES person (id), at TEXT);"
                "CREATE TRIGGER t AFTER INSERT ON visit BEGIN DELETE FROM visit WHERE id < 0; END;")
            connection.executemany("INSERT INTO person VALUES (?, ?, ?, ?)",
                                   [(i, f"person{i}@example.org", "Ulm" if i % 2 else None, f"19{i % 90 + 10}-01-02")
                                    for i in range(200)])
            connection.executemany("INSERT INTO visit VALUES (?, ?, ?)", [(i, i % 210, "2024-05-06") for i in range(420)])
        page = self.check(self.analyze(source.url, "--target", "postgresql"))
        whole = "".join(page.texts)
        assessment = self.migrateiq("analyze", "${SOURCE_URL}", "--target", "postgresql", source=source)["assessment"]
        self.assertEqual(assessment["verdict"], "ready_with_conditions")
        self.assertIn("Ready with conditions", whole)
        risks = {risk["kind"]: risk for risk in assessment["risks"]}
        self.assertEqual(risks["orphans"]["affected"], 20, "visits of the persons 200 to 209, twice each")
        self.assertEqual(risks["orphans"]["failure_case"], "F21")
        self.assertEqual(risks["triggers"]["places"], 1)
        self.assertEqual([line["manual"] for line in assessment["conversions"][0]["lines"] if line["kind"] == "trigger"], [1])
        for risk in risks.values():
            self.assertIn(risk["title"], whole)
        self.assertEqual(assessment["rows"], 620)
        self.assertEqual(len(assessment["cases"]), 44)
        self.assertNotIn("person7@example.org", whole)
        self.assertNotIn("person7@example.org", str(assessment))

    def test_every_system_without_a_target(self):
        source = self.database("sqlite")
        source.client("CREATE TABLE t (id INTEGER PRIMARY KEY)")
        assessment = self.migrateiq("analyze", "${SOURCE_URL}", source=source)["assessment"]
        self.assertEqual([target["dialect"] for target in assessment["conversions"]], ["postgresql", "mysql", "sqlite"])
        self.assertEqual(assessment["target"], "")
        self.assertIn("F42", "".join(self.check(self.analyze(source.url)).texts))
