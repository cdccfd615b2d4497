#!/usr/bin/env python3
"""run.py MOONBEAM: the same program and seed give the same event log, byte for byte; another seed
gives another one."""
import os
import subprocess
import sys
import tempfile

PROGRAM = os.path.join(os.path.dirname(os.path.abspath(__file__)), "chaos.lua")


def events(moonbeam, seed, path):
    command = [moonbeam, "--virtual", "--seed", str(seed), "--events", path, PROGRAM]
    subprocess.run(command, check=True, timeout=120)
    with open(path, "rb") as log:
        return log.read()


def first_difference(a, b):
    for number, (left, right) in enumerate(zip(a.splitlines(), b.splitlines()), 1):
        if left != right:
            return f"line {number}:\n  {left.decode()}\n  {right.decode()}"
    return "one of them is longer"


def main():
    moonbeam = sys.argv[1]
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "events")
        first, again, other = (events(moonbeam, seed, path) for seed in (7, 7, 8))
    for name, good, detail in [
        ("same_seed_gives_the_same_events", first == again, first_difference(first, again)),
        ("another_seed_gives_other_events", first != other, "no difference"),
        ("much_happens_in_a_run", first.count(b" restart ") > 50, "too few restarts"),
    ]:
        print(("ok   " if good else "FAIL ") + name + ("" if good else ": " + detail))
        passed, failed = passed + good, failed + (not good)
    print(f"{first.count(bytes([10]))} events")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
