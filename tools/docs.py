#!/usr/bin/env python3
"""Makes the pages that are made from sources: docs/errors.md from the error catalog, docs/settings.md from the
table of settings, docs/pii.md from the table of kinds of meaning, docs/masking.md from the table of kinds of masks.

usage: docs.py [--check]   with --check: fails when a page is not what the sources say
"""
import ast
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ENTRY = re.compile(r'^MIQ_ERROR\((\w+), "([^"]+)", ("(?:\\.|[^"\\])*"), ("(?:\\.|[^"\\])*")\)', re.MULTILINE)
SETTING = re.compile(r'^MIQ_SETTING\(([\w:]+), \w+, "([^"]+)", (.+?), (true|false), ("(?:\\.|[^"\\])*")\)$', re.MULTILINE)
SETTING_TYPES = {"std::string": "text", "int64_t": "number", "StringList": "list"}
KIND = re.compile(r'^MIQ_SEMANTIC_KIND\((\w+), "(\w+)", (\w+), (\w+), ([\d.]+), \w+, \d+, \d+, \w+, "(\w*)", "([^"]+)", "([^"]+)"\)$', re.MULTILINE)
MASK = re.compile(r'^MIQ_MASK_KIND\(\w+, "(\w+)", (true|false), (true|false), "([^"]+)", "([^"]+)", "([^"]+)"\)$', re.MULTILINE)
SENSITIVITIES = {"None": "", "Personal": "personal", "SpecialCategory": "special category (GDPR art. 9)", "Credential": "credential",
                 "Financial": "financial"}
TOLD_BY = {"Proof": "values", "Check": "values (check digit)", "Shared": "check digit, and name or neighbours", "Format": "way of writing, better with name",
           "Hint": "name, values help", "Words": "lists of words, better with name", "Name": "name, values must fit"}
STOCK_FIXES = ("contact support", "try again later", "see the documentation")


def catalog():
    backend = ROOT / "backend"
    areas = re.findall(r'#include "(.*)"', (backend / "base/errors/all.def").read_text())
    text = "".join((backend / area).read_text() for area in areas)
    return [(code, ast.literal_eval(title), ast.literal_eval(fix)) for _, code, title, fix in ENTRY.findall(text)]


def errors_page():
    rows = "\n".join(f"| `{code}` | {title} | {fix} |".replace("||", "\\|\\|") for code, title, fix in catalog())
    return ("# Errors\n\nMade from `backend/base/errors` by `./dev docs`. Codes never change their meaning.\n\n"
            "| code | what happened | what to do |\n|---|---|---|\n" + rows + "\n")


def settings_row(kind, name, value, secret, says):
    default = "" if value in ('""', "{}") else f"`{ast.literal_eval(value)}`"
    return f"| `{name}` | {SETTING_TYPES[kind]} | {default} | {ast.literal_eval(says)}{' Secret: never shown.' if secret == 'true' else ''} |"


def settings_page():
    text = (ROOT / "backend/platform/settings/settings.def").read_text()
    rows = "\n".join(settings_row(*entry) for entry in SETTING.findall(text))
    return ("# Settings of the server\n\nMade from `backend/platform/settings/settings.def` by `./dev docs`.\n\n"
            "Each setting comes from the file of `migrateiq serve --config FILE` (YAML: sections with `name: value`), from the\n"
            "environment (`MIGRATEIQ_` and the name in capitals, the dot as `_`: `server.port` is `MIGRATEIQ_SERVER_PORT`) or from\n"
            "`--set name=value`; the later beats the earlier.\n\n| setting | type | default | |\n|---|---|---|---|\n" + rows + "\n")


def kind_row(name, group, sensitivity, trust, _chance, mask, title, says):
    return f"| `{name}` | {title} | {group} | {SENSITIVITIES[sensitivity]} | {TOLD_BY[trust]}: they {says} | {f'`{mask}`' if mask else ''} |"


def pii_page():
    folder = ROOT / "backend/pipeline/semantic"
    kinds = KIND.findall((folder / "kinds.def").read_text())
    rows = "\n".join(kind_row(*kind) for kind in kinds)
    return (folder / "data/pii_head.md").read_text().replace("COUNT", str(len(kinds))) + rows + "\n"


def mask_row(name, keyed, distinct, does, example, becomes):
    return (f"| `{name}` | {'yes' if keyed == 'true' else ''} | {'distinct' if distinct == 'true' else ''} | {does} | "
            f"`{example}` becomes `{becomes}` |")


def masking_page():
    folder = ROOT / "backend/pipeline/mask"
    rows = "\n".join(mask_row(*kind) for kind in MASK.findall((folder / "kinds.def").read_text()))
    return (folder / "data/masking.md").read_text().replace("KINDS", rows)


def bad_kinds():
    """Lines of kinds.def that the page would leave out."""
    lines = [line for line in (ROOT / "backend/pipeline/semantic/kinds.def").read_text().splitlines() if line.startswith("MIQ_SEMANTIC_KIND(")]
    yield from (f"kinds.def: not read: {line[:60]}" for line in lines if not KIND.match(line))


def bad_entries():
    """Codes whose fix is missing or says nothing, and codes that are used twice."""
    entries = catalog()
    seen = [code for code, _, _ in entries]
    yield from (f"{code}: its fix says nothing" for code, _, fix in entries
                if len(fix) < 15 or any(stock in fix.lower() for stock in STOCK_FIXES))
    yield from (f"{code}: used twice" for code in sorted(set(seen)) if seen.count(code) > 1)


PAGES = {"docs/errors.md": errors_page, "docs/settings.md": settings_page, "docs/pii.md": pii_page, "docs/masking.md": masking_page}


def main():
    check, complaints = "--check" in sys.argv[1:], [*bad_entries(), *bad_kinds()]
    for name, make in PAGES.items():
        path, text = ROOT / name, make()
        if check and (not path.exists() or path.read_text() != text):
            complaints.append(f"{name}: not up to date (./dev docs)")
        elif not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
    print("\n".join(complaints))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
