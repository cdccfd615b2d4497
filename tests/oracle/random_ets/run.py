#!/usr/bin/env python3
"""run.py MOONBEAM [--seeds FIRST-LAST] [--live]: random operations on ETS tables, compared with what
Elixir recorded, or with Elixir itself (--live). run.py --record writes the recording anew."""
import argparse
import lzma
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
import scenario  # noqa: E402

HERE = Path(__file__).resolve().parent
RECORDED = HERE / "recorded.xz"
RECORDED_SEEDS = "1-100"


def seeds(text):
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def by_seed(output):
    """{ seed: lines }"""
    blocks, lines = {}, []
    for line in output.splitlines():
        if line.startswith("seed "):
            lines = blocks.setdefault(int(line[5:]), [])
        else:
            lines.append(line)
    return blocks


def run(command, timeout):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=timeout)
    except subprocess.TimeoutExpired as late:
        output = late.stdout or b""
        return (output if isinstance(output, str) else output.decode()) + f"no end after {timeout} s\n"
    return done.stdout + (f"status {done.returncode}\n" if done.returncode else "")


def on_elixir(scenarios, folder, timeout):
    path = Path(folder) / "scenarios.terms"
    path.write_text(scenario.erlang_file(scenarios))
    return run(["elixir", str(HERE / "driver.exs"), str(path)], timeout)


def on_moonbeam(binary, scenarios, folder, timeout):
    path = Path(folder) / "scenarios.lua"
    path.write_text(scenario.lua_file(scenarios))
    return run([binary, "--virtual", str(HERE / "driver.lua"), str(path)], timeout)


def first_difference(elixir, moonbeam):
    """The step where they part, as both tell it."""
    at = next((i for i, (a, b) in enumerate(zip(elixir, moonbeam)) if a != b), min(len(elixir), len(moonbeam)))
    start = max((i for i, line in enumerate(elixir[:at + 1]) if line[2:3] != " "), default=0)
    context = [f"      {line}" for line in elixir[start:at]]
    return "\n".join(context + [f"    E {line}" for line in elixir[at:at + 4]] +
                     [f"    M {line}" for line in moonbeam[at:at + 4]])


def compare(wanted, elixir, moonbeam, shown):
    failed = 0
    for seed in wanted:
        expected, actual = elixir.get(seed), moonbeam.get(seed, [])
        if expected != actual:
            failed += 1
            if failed <= shown:
                print(f"FAIL seed {seed}\n{first_difference(expected or [], actual)}")
    print(f"{len(wanted) - failed} passed, {failed} failed")
    return failed > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--live", action="store_true", help="compare with Elixir itself")
    parser.add_argument("--record", action="store_true", help="write the recording from Elixir")
    parser.add_argument("--seeds", default=RECORDED_SEEDS, help="such as 1-1000")
    parser.add_argument("--shown", type=int, default=5, help="how many differences are printed")
    parser.add_argument("--timeout", type=int, default=600)
    parser.add_argument("binary", nargs="?", metavar="MOONBEAM")
    options = parser.parse_args()
    wanted = seeds(RECORDED_SEEDS if options.record else options.seeds)
    scenarios = [scenario.Scenario(seed).data() for seed in wanted]
    if (options.live or options.record) and not shutil.which("elixir"):
        print("skipped: elixir is not installed")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        if options.record:
            RECORDED.write_bytes(lzma.compress(on_elixir(scenarios, folder, options.timeout).encode()))
            print(f"{len(wanted)} recorded")
            return 0
        if not options.binary:
            parser.error("MOONBEAM is missing")
        if options.live:
            elixir = by_seed(on_elixir(scenarios, folder, options.timeout))
        else:
            elixir = by_seed(lzma.decompress(RECORDED.read_bytes()).decode())
        moonbeam = by_seed(on_moonbeam(str(Path(options.binary).resolve()), scenarios, folder, options.timeout))
    return compare(wanted, elixir, moonbeam, options.shown)


if __name__ == "__main__":
    sys.exit(main())
