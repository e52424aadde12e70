#!/usr/bin/env python3
"""How long functions and files are: a rough brace matcher, good enough to compare with the aims of CONTRIBUTING.md.

usage: sizes.py [--top N] [FOLDER...]
"""
import argparse
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
STRINGS = re.compile(r'R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*.*?\*/', re.DOTALL)
NOT_FUNCTION = re.compile(r"^\s*(namespace|class|struct|enum|union|extern|if|for|while|switch|do|else|try|catch|return)\b|=\s*$")
AIMS = "aims: function median <= 8, p90 <= 30, never > 100; file p90 <= 300, discuss > 500"


def blank(match):
    return re.sub(r"[^\n]", " ", match.group(0))


def functions(text):
    """(first line, number of lines) of each outermost function body."""
    text = STRINGS.sub(blank, text)
    depth_of_function, depth, start, head_begin = None, 0, 0, 0
    for position, character in enumerate(text):
        if character == "{":
            head = text[head_begin:position].strip()
            if depth_of_function is None and "(" in head and not NOT_FUNCTION.search(head):
                depth_of_function, start = depth, head_begin + len(text[head_begin:position]) - len(text[head_begin:position].lstrip())
            depth += 1
            head_begin = position + 1
        elif character == "}":
            depth -= 1
            if depth == depth_of_function:
                depth_of_function = None
                yield text.count("\n", 0, start) + 1, text.count("\n", start, position) + 1
            head_begin = position + 1
        elif character == ";" and depth_of_function is None:
            head_begin = position + 1


def quantiles(values):
    values = sorted(values) or [0]
    return "  ".join(f"{name} {values[min(len(values) - 1, int(len(values) * q))]:4}"
                     for name, q in (("median", 0.5), ("p90", 0.9), ("p99", 0.99), ("max", 1.0)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", default=["backend"])
    parser.add_argument("--top", type=int, default=10, help="how many of the longest to name")
    options = parser.parse_args()
    files = sorted(p for folder in options.folders for p in (ROOT / folder).rglob("*.[ch]pp"))
    texts = {path.relative_to(ROOT): path.read_text(errors="replace") for path in files}
    lengths = {path: text.count("\n") for path, text in texts.items()}
    found = [(lines, f"{path}:{first}") for path, text in texts.items() for first, lines in functions(text)]
    for suffix in (".cpp", ".hpp"):
        chosen = [n for path, n in lengths.items() if path.suffix == suffix]
        print(f"{len(chosen):5} {suffix} files   lines: {quantiles(chosen)}")
    print(f"{len(found):5} functions    lines: {quantiles([n for n, _ in found])}")
    print(AIMS)
    for lines, place in sorted(found, reverse=True)[:options.top]:
        print(f"{lines:5}  {place}")


if __name__ == "__main__":
    main()
