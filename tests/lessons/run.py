#!/usr/bin/env python3
"""Have lessons checked whose mistakes are known.

    run.py MOONBEAM [FILE.md...]         without files: every *.md beside this script

A lesson says itself, in comments, which problems `moonbeam lesson check` must find in it, and where:

    <!-- problem 25: this fence is never closed -->

Each must be found on that line with words that contain these, and no other may be found. A lesson
without such comments must pass.
"""

import os
import pathlib
import re
import subprocess
import sys

PATIENCE = 4 * float(os.environ.get("MOONBEAM_TEST_PATIENCE", "20"))
COMMENT = re.compile(r"<!-- problem (\d+): (.*?) -->")
FOUND = re.compile(r":(\d+): (.*)")


def check(moonbeam, path):
    """What is wrong with the check of one lesson, as a list of texts."""
    expected = [(int(line), words) for line, words in COMMENT.findall(path.read_text("utf-8"))]
    done = subprocess.run([moonbeam, "lesson", "check", str(path)], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=PATIENCE, check=False,
                          env=dict(os.environ, NO_COLOR="1", TZ="UTC", LC_ALL="C.UTF-8"))
    output = done.stdout.decode("utf-8", "replace")
    found = []
    mistakes = []
    for line in output.splitlines():
        if line.startswith(str(path)):
            number, words = FOUND.match(line[len(str(path)):]).groups()
            found.append((int(number), words))
    for number, words in expected:
        hits = [f for f in found if f[0] == number and words in f[1]]
        if hits:
            found.remove(hits[0])
        else:
            mistakes.append("%s:%d: not found: %s" % (path, number, words))
    mistakes += ["%s:%d: found, but not expected: %s" % (path, *f) for f in found]
    last = "%d passed, %d failed" % ((0, 1) if expected else (1, 0))
    if not output.endswith(last + "\n"):
        mistakes.append("%s: the last line is not %r" % (path, last))
    if done.returncode != (1 if expected else 0):
        mistakes.append("%s: exit status %d" % (path, done.returncode))
    if done.stderr:
        mistakes.append("%s: words on stderr: %s" % (path, done.stderr.decode("utf-8", "replace")))
    return mistakes


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    moonbeam = os.path.abspath(sys.argv[1])
    here = pathlib.Path(__file__).resolve().parent
    paths = [pathlib.Path(name) for name in sys.argv[2:]] or sorted(here.glob("*.md"))
    failed = 0
    for path in paths:
        mistakes = check(moonbeam, path)
        print("\n".join(mistakes), end="\n" if mistakes else "")
        failed += bool(mistakes)
    print("%d passed, %d failed" % (len(paths) - failed, failed))
    sys.exit(failed > 0)


main()
