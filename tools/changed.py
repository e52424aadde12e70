"""Which files changed against the main branch."""
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent


def git(*arguments):
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip() if done.returncode == 0 else ""


def base_commit():
    """What to compare with: where HEAD left MIQ_BASE or the main branch; on the main branch itself the commit before."""
    head = git("rev-parse", "HEAD")
    for candidate in (os.environ.get("MIQ_BASE", ""), "origin/main", "main"):
        base = git("merge-base", "HEAD", candidate) if candidate else ""
        if base and base != head:
            return base
    return git("rev-parse", "HEAD~1") or head


def changed_files():
    """Changed or new sources and headers under backend/, the last changed first; empty where there is no history."""
    base = base_commit()
    names = git("diff", "--name-only", "--diff-filter=d", base, "--", "backend").split("\n") if base else []
    names += git("ls-files", "--others", "--exclude-standard", "backend").split("\n")
    files = [ROOT / name for name in set(names) if name.endswith((".cpp", ".hpp", ".def"))]
    return sorted((f for f in files if f.exists()), key=lambda f: f.stat().st_mtime, reverse=True)
