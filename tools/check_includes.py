#!/usr/bin/env python3
"""Checks the direction of includes under backend/.

    base <- pipeline <- connectors,  base <- platform,  {pipeline, platform} <- modules <- apps

Connectors never include each other, nobody includes a connector. Inside pipeline, platform and modules a folder may
use only what stands above it in their CMakeLists.txt. Tests may use anything but another connector.
"""
import pathlib
import re
import sys

BACKEND = pathlib.Path(__file__).resolve().parent.parent / "backend"
MAY_USE = {
    "base": {"base"},
    "pipeline": {"base", "pipeline"},
    "connectors": {"base", "pipeline"},
    "platform": {"base", "platform"},
    "modules": {"base", "pipeline", "platform", "modules"},
    "apps": {"base", "pipeline", "platform", "modules", "apps"},
}
TEST_FILE = re.compile(r"_(test|dbtest|bench|fuzz|test_support)\.(cpp|hpp)$")
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')
SUBDIRECTORY = re.compile(r"^\s*add_subdirectory\((\w+)\)", re.MULTILINE)


def folder_order(area):
    """Position of each folder of an area, from its CMakeLists.txt; empty when the area has no order."""
    cmake = BACKEND / area / "CMakeLists.txt"
    names = SUBDIRECTORY.findall(cmake.read_text()) if cmake.exists() else []
    return {name: position for position, name in enumerate(names)}


ORDER = {area: folder_order(area) for area in ("pipeline", "platform", "modules")}


def against_order(area, user, used):
    order = ORDER.get(area, {})
    return user in order and used in order and order[used] > order[user]


def complaint(path, included):
    """Why this file may not include that one, or None."""
    user, used = path.parts, pathlib.PurePosixPath(included).parts
    if not (BACKEND / included).exists() and not (BACKEND / path.parent / included).exists():
        return "no such file under backend/"
    if used[0] == "connectors":
        own = user[0] == "connectors" and user[1] == used[1]
        outside = user[0] == "tests" or (user[0] != "connectors" and TEST_FILE.search(path.name))
        return None if own or outside else "a connector is included by nobody but itself"
    if user[0] == "tests" or TEST_FILE.search(path.name):
        return None
    if used[0] == "tests":
        return "only tests include tests"
    if used[0] in MAY_USE and used[0] not in MAY_USE[user[0]]:
        return f"{user[0]} may use only {', '.join(sorted(MAY_USE[user[0]]))}"
    if used[0] == user[0] and len(user) > 2 and len(used) > 2 and against_order(user[0], user[1], used[1]):
        return f"{used[1]} stands below {user[1]} in backend/{user[0]}/CMakeLists.txt"
    return None


def check_file(path):
    for number, line in enumerate((BACKEND / path).read_text(errors="replace").splitlines(), 1):
        match = INCLUDE.match(line)
        reason = complaint(path, match.group(1)) if match else None
        if reason:
            yield f"backend/{path}:{number}: {match.group(1)}: {reason}"


def check_readmes():
    """Every folder with sources says what it is for."""
    for folder in sorted({path.parent for path in BACKEND.rglob("*.[ch]pp")}):
        if folder.name != "detail" and not (folder / "README.md").exists():
            yield f"{folder.relative_to(BACKEND.parent)}: has no README.md"


def main():
    files = sorted(path.relative_to(BACKEND) for path in BACKEND.rglob("*.[ch]pp"))
    complaints = [text for path in files for text in check_file(path)] + list(check_readmes())
    print("\n".join(complaints) if complaints else f"{len(files)} files keep the direction of includes")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
