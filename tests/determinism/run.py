#!/usr/bin/env python3
"""run.py MOONBEAM: the same program and seed give the same event log, byte for byte; another seed
gives another one where chance has a part in it."""
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAMS = {"chaos.lua": b" restart ", "nodes.lua": b" lost "}  # with what must happen often in it
SPLITS = [  # the documents' programs in which the net splits
    "naive_cache_diverges.lua",
    "crdt_cart_survives_a_split.lua",
    "ring_owner_survives_a_split.lua",
    "eventual_cache_survives_a_split.lua",
    "global_process_splits.lua",
]


def events(moonbeam, program, seed, path):
    command = [moonbeam, "--virtual", "--seed", str(seed), "--events", path, program]
    subprocess.run(command, check=True, timeout=120, stdout=subprocess.DEVNULL)
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


def split_checks(moonbeam, program, path):
    source = os.path.join(HERE, "..", "documents", program)
    first, again = (events(moonbeam, source, 7, path) for _ in range(2))
    yield "same_seed_gives_the_same_events", first == again, first_difference(first, again)
    yield "the_net_splits_in_a_run", b" nodedown " in first, "no nodedown"


def main():
    moonbeam = sys.argv[1]
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "events")
        todo = [(program, checks(moonbeam, program, often, path)) for program, often in PROGRAMS.items()]
        todo += [(program, split_checks(moonbeam, program, path)) for program in SPLITS]
        for program, results in todo:
            for name, good, detail in results:
                print(f"{'ok   ' if good else 'FAIL '}{program}: {name}" + ("" if good else f": {detail}"))
                passed, failed = passed + good, failed + (not good)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
