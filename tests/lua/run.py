#!/usr/bin/env python3
"""Run Lua programs that say themselves what they print.

    run.py MOONBEAM [FILE.lua...]        without files: every *.lua beside this script

Each file runs as `moonbeam FILE` and is compared with the comments in it:

    print(1 + 1)                -- expect: 2            the lines of stdout, all of them, in order
    error("boom")               -- expect error: boom   stderr contains this
    -- exit: 1                                          the exit status (without it: 0)
    -- args: --virtual --seed 1                         what comes before FILE on the command line

A file without `expect error` must leave stderr empty.
"""

import concurrent.futures
import os
import pathlib
import re
import shlex
import subprocess
import sys

PATIENCE = float(os.environ.get("MOONBEAM_TEST_PATIENCE", "20"))
COMMENT = re.compile(r"--[ \t]*(expect error|expect|exit|args):(?: (.*))?$")
SANITIZER = re.compile(r"(Address|Leak|UndefinedBehavior)Sanitizer|^\S+:\d+:\d+: runtime error: ", re.M)


class Expectations:
    """What the comments of one file say."""

    def __init__(self, path):
        self.stdout = []  # (line number, text)
        self.stderr = []  # (line number, text)
        self.status = 0
        self.args = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = COMMENT.search(line)
            if not found:
                continue
            what, text = found.group(1), found.group(2) or ""
            if what == "expect":
                self.stdout.append((number, text))
            elif what == "expect error":
                self.stderr.append((number, text))
            elif what == "exit":
                self.status = int(text)
            else:
                self.args += shlex.split(text)


def show(text):
    """A program's output as part of a report."""
    return "".join("      | %s\n" % line for line in text.splitlines()) or "      | (nothing)\n"


def compare_stdout(path, expected, text):
    lines = text.splitlines()
    for (number, want), got in zip(expected, lines):
        if want != got:
            return "%s:%d: expected %r, got %r" % (path, number, want, got)
    if len(lines) > len(expected):
        return "%s: prints more than expected, from %r on" % (path, lines[len(expected)])
    if len(lines) < len(expected):
        number, want = expected[len(lines)]
        return "%s:%d: expected %r, got nothing more" % (path, number, want)
    return None


def run(moonbeam, path):
    """The mistakes found in one file, as a list of texts; empty if it passes."""
    expected = Expectations(path)
    environment = dict(os.environ, NO_COLOR="1", TZ="UTC", LC_ALL="C.UTF-8")
    try:
        done = subprocess.run([moonbeam, *expected.args, str(path)], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=PATIENCE, env=environment, check=False)
    except subprocess.TimeoutExpired as late:
        output = (late.stdout or b"") + (late.stderr or b"")
        return ["%s: still running after %g s\n%s"
                % (path, PATIENCE, show(output.decode("utf-8", "replace")))]
    stdout = done.stdout.decode("utf-8", "replace")
    stderr = done.stderr.decode("utf-8", "replace")

    mistakes = []
    wrong = compare_stdout(path, expected.stdout, stdout)
    if wrong:
        mistakes.append(wrong)
    for number, text in expected.stderr:
        if text not in stderr:
            mistakes.append("%s:%d: stderr lacks %r" % (path, number, text))
    if stderr and not expected.stderr:
        mistakes.append("%s: unexpected words on stderr" % path)
    if SANITIZER.search(stderr):
        mistakes.append("%s: the sanitizer found something" % path)
    if done.returncode != expected.status:
        mistakes.append("%s: expected exit status %d, got %d"
                        % (path, expected.status, done.returncode))
    if mistakes:
        mistakes.append("    stdout\n" + show(stdout) + "    stderr\n" + show(stderr))
    return mistakes


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    moonbeam = os.path.abspath(sys.argv[1])
    here = pathlib.Path(__file__).resolve().parent
    paths = [pathlib.Path(name) for name in sys.argv[2:]] or sorted(here.glob("*.lua"))
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for mistakes in pool.map(lambda path: run(moonbeam, path), paths):
            if mistakes:
                failed += 1
                print("\n".join(mistakes))
            else:
                passed += 1
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(failed > 0)


main()
