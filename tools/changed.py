"""Which files changed against the main branch; shared by lint.py and test.py."""
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


def git(*arguments):
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def base_commit():
    """What to compare with: MIQ_BASE, where we left the main branch, or the commit before this one."""
    head = git("rev-parse", "HEAD")
    for candidate in (os.environ.get("MIQ_BASE", ""), "origin/main", "main"):
        base = git("merge-base", "HEAD", candidate) if candidate else ""
        if base and base != head:
            return base
    return git("rev-parse", "HEAD~1")


def changed_sources():
    """Changed or new .cpp files under backend/, the last changed first; None where there is no history."""
    base = base_commit()
    if not base:
        return None
    names = git("diff", "--name-only", "--diff-filter=d", base, "--", "backend").split("\n")
    names += git("ls-files", "--others", "--exclude-standard", "backend").split("\n")
    files = [ROOT / name for name in set(names) if name.endswith(".cpp")]
    return sorted((f for f in files if f.exists()), key=lambda f: f.stat().st_mtime, reverse=True)
