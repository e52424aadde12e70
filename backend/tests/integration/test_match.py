"""Matching columns: the command, and plans into tables of another design."""
import json
import shutil
import subprocess
import os

import support
from test_datasets import dataset

# The music shop as another team would have designed it: other names, names joined, and a few columns of its own.
DESIGN = """
CREATE TABLE artists (artist_id INTEGER PRIMARY KEY, artist_name VARCHAR(200));
CREATE TABLE albums (album_id INTEGER PRIMARY KEY, album_title VARCHAR(200) NOT NULL, artist_id INTEGER NOT NULL REFERENCES artists (artist_id));
CREATE TABLE media_formats (media_format_id INTEGER PRIMARY KEY, name VARCHAR(120));
CREATE TABLE genres (genre_id INTEGER PRIMARY KEY, genre_name VARCHAR(120));
CREATE TABLE tracks (track_id INTEGER PRIMARY KEY, track_title VARCHAR(200) NOT NULL, album_id INTEGER REFERENCES albums (album_id),
  media_format_id INTEGER NOT NULL REFERENCES media_formats (media_format_id), genre_id INTEGER REFERENCES genres (genre_id),
  composer_name VARCHAR(220), duration_ms INTEGER NOT NULL, size_bytes INTEGER, price NUMERIC(10,2) NOT NULL);
CREATE TABLE playlists (playlist_id INTEGER PRIMARY KEY, title VARCHAR(120));
CREATE TABLE playlist_tracks (playlist_id INTEGER NOT NULL, track_id INTEGER NOT NULL REFERENCES tracks (track_id), PRIMARY KEY (playlist_id, track_id));
CREATE TABLE staff (staff_id INTEGER PRIMARY KEY, full_name VARCHAR(80) NOT NULL, job_title VARCHAR(30), manager_id INTEGER,
  date_of_birth TIMESTAMP, hired_on TIMESTAMP, street_address VARCHAR(70), city VARCHAR(40), region VARCHAR(40), country VARCHAR(40),
  zip_code VARCHAR(10), phone_number VARCHAR(24), fax_number VARCHAR(24), email_address VARCHAR(60));
CREATE TABLE clients (client_id INTEGER PRIMARY KEY, given_name VARCHAR(40) NOT NULL, family_name VARCHAR(20) NOT NULL, organisation VARCHAR(80),
  street_address VARCHAR(70), city VARCHAR(40), region VARCHAR(40), country VARCHAR(40), zip_code VARCHAR(10), phone_number VARCHAR(24),
  fax_number VARCHAR(24), email_address VARCHAR(60) NOT NULL, account_manager_id INTEGER, loyalty_points INTEGER);
CREATE TABLE invoices (invoice_id INTEGER PRIMARY KEY, client_id INTEGER NOT NULL REFERENCES clients (client_id), issued_at TIMESTAMP NOT NULL,
  billing_street VARCHAR(70), billing_city VARCHAR(40), billing_region VARCHAR(40), billing_country VARCHAR(40), billing_zip VARCHAR(10),
  total_amount NUMERIC(10,2) NOT NULL);
CREATE TABLE invoice_items (invoice_item_id INTEGER PRIMARY KEY, invoice_id INTEGER NOT NULL REFERENCES invoices (invoice_id),
  track_id INTEGER NOT NULL REFERENCES tracks (track_id), unit_price NUMERIC(10,2) NOT NULL, quantity INTEGER NOT NULL);
"""
OWN = {"loyalty_points"}  # nothing in the source feeds these
ROWS = {"artists": 275, "albums": 347, "tracks": 3503, "genres": 25, "media_formats": 5, "playlists": 18, "playlist_tracks": 8715,
        "staff": 8, "clients": 59, "invoices": 412, "invoice_items": 2240}


class PlanIntoDesign(support.Case):
    def check(self, kind):
        source, target = self.database("sqlite"), self.database(kind)
        shutil.copy(dataset(self, "chinook/chinook.sqlite"), source.path)
        target.client(DESIGN)
        plan = f"{self.folder}/plan.yaml"
        self.run_binary(target, "plan", source.url, target.url, "-o", plan)
        text = open(plan).read()
        wanted = self.columns_of_design()
        mapped = text.count("- {target: ")
        self.assertGreaterEqual(mapped / len(wanted), 0.9, text)
        for column in OWN:
            self.assertIn(f"# Question: what feeds {column}", text)
        self.run_binary(target, "run", plan, "--yes")
        for table, rows in ROWS.items():
            self.assertEqual(target.rows(f"SELECT count(*) FROM {table}"), [(str(rows),)], table)
        self.assertEqual(target.rows("SELECT full_name, job_title FROM staff WHERE staff_id = 1"), [("Andrew Adams", "General Manager")])
        self.assertEqual(target.rows("SELECT given_name, family_name, organisation, city FROM clients WHERE client_id = 5"),
                         [("František", "Wichterlová", "JetBrains s.r.o.", "Prague")])
        self.assertEqual(target.rows("SELECT track_title, duration_ms, price FROM tracks WHERE track_id = 1"),
                         [("For Those About To Rock (We Salute You)", "343719", "0.99")])
        self.assertEqual(target.rows("SELECT billing_city, total_amount FROM invoices WHERE invoice_id = 1"), [("Stuttgart", "1.98")])

    @staticmethod
    def columns_of_design():
        columns = []
        for statement in DESIGN.split(";"):
            body = statement.partition("(")[2]
            depth, part = 0, ""
            for character in body:
                depth += {"(": 1, ")": -1}.get(character, 0)
                if character == "," and depth == 0:
                    columns.append(part.split()[0])
                    part = ""
                elif depth >= 0:
                    part += character
            if part.strip() and not part.strip().startswith("PRIMARY"):
                columns.append(part.split()[0])
        return columns

    def run_binary(self, target, *words):
        env = {**os.environ, "TARGET_PASSWORD": target.server.password or ""}
        done = subprocess.run([os.environ["MIQ_BINARY"], *words, "--state", self.state], capture_output=True, text=True, env=env)
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        return done.stdout

    def test_sqlite(self): self.check("sqlite")
    def test_postgres(self): self.check("postgres")


class Command(support.Case):
    def match(self, *words):
        done = subprocess.run([os.environ["MIQ_BINARY"], "match", *words, "--json", "--state", self.state], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def file(self, name, text):
        path = f"{self.folder}/{name}"
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def test_two_files(self):
        a = self.file("a.csv", "cust_nm,tel_no,born\nAnna Weber,030 123456,1980-02-03\nBen Wolf,089 654321,1975-05-06\n")
        b = self.file("b.csv", "birth_date,phone_number,full_name\n1990-01-01,040 111222,Carl Ott\n")
        document = self.match(a, b)
        self.assertEqual({match["source"]: match["target"] for match in document["matches"]},
                         {"cust_nm": "full_name", "tel_no": "phone_number", "born": "birth_date"})
        self.assertEqual(list(document["ranked"]), ["cust_nm", "tel_no", "born"])
        for match in document["matches"]:
            self.assertLessEqual(0, match["confidence"])
            self.assertTrue(all(set(part) == {"signal", "score", "text"} for part in match["evidence"]))
        for ranked in document["ranked"].values():
            self.assertEqual(sorted((pair[1] for pair in ranked), reverse=True), [pair[1] for pair in ranked])

    def test_headers_alone(self):
        document = self.match(self.file("a.csv", "KUNNR,ORT01\n"), self.file("b.csv", "town,customer_no\n"))
        self.assertEqual({match["source"]: match["target"] for match in document["matches"]}, {"KUNNR": "customer_no", "ORT01": "town"})

    def test_databases(self):
        a, b = self.database("sqlite"), self.database("sqlite")
        a.client("CREATE TABLE Kunden (KundenNr INTEGER PRIMARY KEY, Name TEXT, Ort TEXT); CREATE TABLE Artikel (ArtNr INTEGER, Preis REAL);")
        b.client("CREATE TABLE products (product_id INTEGER, price REAL); CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, city TEXT);")
        document = self.match(a.url, b.url)
        self.assertEqual({table["source"]: table["target"] for table in document["tables"]}, {"Kunden": "customers", "Artikel": "products"})
        self.assertEqual(document["unmatched"], {"source": [], "target": []})
        alone = self.match(a.url, b.url, "--source-table", "Kunden", "--target-table", "customers")
        self.assertIn("KundenNr", alone["ranked"])
