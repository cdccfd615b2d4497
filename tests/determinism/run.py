#!/usr/bin/env python3
"""run.py MOONBEAM: the same program and seed give the same event log, byte for byte; another seed
gives another one."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = {"chaos.lua": b" restart ", "nodes.lua": b" lost "}  # with what must happen often in it


def events(moonbeam, program, seed, path):
    command = [moonbeam, "--virtual", "--seed", str(seed), "--events", path, program]
    subprocess.run(command, check=True, timeout=120)
    with open(path, "rb") as log:
        return log.read()


def first_difference(a, b):
    for number, (left, right) in enumerate(zip(a.splitlines(), b.splitlines()), 1):
        if left != right:
            return f"line {number}:\n  {left.decode()}\n  {right.decode()}"
    return "one of them is longer"


def checks(moonbeam, program, often, path):
    source = os.path.join(HERE, program)
    first, again, other = (events(moonbeam, source, seed, path) for seed in (7, 7, 8))
    yield "same_seed_gives_the_same_events", first == again, first_difference(first, again)
    yield "another_seed_gives_other_events", first != other, "no difference"
    yield "much_happens_in_a_run", first.count(often) > 50, f"{first.count(often)} times{often.decode()}"


def main():
    moonbeam = sys.argv[1]
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "events")
        for program, often in PROGRAMS.items():
            for name, good, detail in checks(moonbeam, program, often, path):
                print(f"{'ok   ' if good else 'FAIL '}{program}: {name}" + ("" if good else f": {detail}"))
                passed, failed = passed + good, failed + (not good)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
