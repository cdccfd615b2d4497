#!/usr/bin/env python3
"""Check the house itself: that arrows go down only, and that every file is built or run.

    layout.py

- runtime/ includes the C library and itself, nothing of Lua, libuv, a terminal or Markdown.
- Of runtime/, repl/ includes moonbeam.h alone.
- Every source, test and lesson stands in the meson.build of its folder.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
FOREIGN = re.compile(r"^(lua|lauxlib|lualib|uv|readline/|cmark|curses|ncurses|termios|cmocka|gmp|sqlite3|curl/|microhttpd)")
# folder, files in it, how the folder's meson.build names one of them
LISTED = [
    ("runtime", "*.c", "'{name}'"),
    ("repl", "*.c", "'{name}'"),
    ("repl/lua", "*.c", "'{name}'"),
    ("repl/prelude", "*.c", "'{name}'"),
    ("repl/prelude", "*.lua", "'{name}'"),
    ("repl/shell", "*.c", "'{name}'"),
    ("repl/view", "*.c", "'{name}'"),
    ("repl/player", "*.c", "'{name}'"),
    ("repl/host", "*.c", "'{name}'"),
    ("tests/runtime", "test_*.c", "'{stem}'"),
    ("tests/lua", "*.lua", "'{stem}'"),
    ("tests/documents", "*.lua", "'{stem}'"),
    ("tests/prompt", "*.session", "'{stem}'"),
    ("lessons", "*.md", "'{name}'"),
]


def includes(path):
    """(line number, '<' or '"', name) of each include of a file."""
    text = path.read_text(encoding="utf-8")
    for found in INCLUDE.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found.group(1), found.group(2)


def sources(folder):
    return sorted(path for path in (ROOT / folder).rglob("*") if path.suffix in (".c", ".h"))


def check_runtime():
    for path in sources("runtime"):
        for line, kind, name in includes(path):
            if FOREIGN.match(name):
                yield path, line, "the runtime knows no <%s>" % name
            elif kind == '"' and not (path.parent / name).exists():
                yield path, line, 'the runtime has no "%s"' % name


def check_repl():
    private = {path.name for path in (ROOT / "runtime").glob("*.h")} - {"moonbeam.h"}
    for path in sources("repl"):
        for line, kind, name in includes(path):
            own = (path.parent / name).exists() or (ROOT / "repl" / name).exists()
            if kind == '"' and name in private and not own:
                yield path, line, '"%s" is the runtime\'s own; include "moonbeam.h"' % name
            elif kind == '"' and ("../" in name or name.startswith("runtime/")):
                yield path, line, '"%s" climbs out of its floor' % name


def check_lists():
    for folder, pattern, form in LISTED:
        build = ROOT / folder / "meson.build"
        text = build.read_text(encoding="utf-8") if build.exists() else ""
        for path in sorted((ROOT / folder).glob(pattern)):
            if path.name != "README.md" and form.format(name=path.name, stem=path.stem.removeprefix(
                    "test_" if pattern == "test_*.c" else "")) not in text:
                yield path, 1, "not listed in %s/meson.build" % folder


def main():
    mistakes = [*check_runtime(), *check_repl(), *check_lists()]
    for path, line, words in mistakes:
        print("%s:%d: %s" % (path.relative_to(ROOT), line, words))
    sys.exit(len(mistakes) > 0)


main()
