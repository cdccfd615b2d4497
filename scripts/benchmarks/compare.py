#!/usr/bin/env python3
"""Run the workloads in Moonbeam and on the BEAM by turns, and print how the two compare.

    compare.py [--moonbeam PROGRAM] [--full | --smoke] [--json FILE] [WORKLOAD...]

Each workload is a program in moonbeam/ and its twin in beam/, if it has one; both print `name value unit` lines.
They run pinned to one core, BEAM, Moonbeam, BEAM, Moonbeam and so on; a figure is the median over the
turns, and less is better in all of them.
"""

import argparse
import dataclasses
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import startup

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PATIENCE = 300  # seconds for one program
SIDES = ("beam", "moonbeam")
TITLES = {"beam": "BEAM", "moonbeam": "Moonbeam"}
DEBIAN = "sudo apt-get install erlang-base elixir"


@dataclasses.dataclass
class Figure:
    label: str
    ratio: float = None  # goal: Moonbeam / BEAM at most this
    limit: float = None  # goal: Moonbeam's value below this


@dataclasses.dataclass
class Workload:
    title: str
    runs: list     # of [program, argument...]; integers shrink in a smoke run
    figures: dict  # name printed by the program -> Figure
    turns: int = 5
    full: list = ()  # more runs with --full
    memory: int = 0  # MiB to be touched beforehand, so that the host has backed them


WORKLOADS = {
    "W1": Workload("Processes", [["processes", 100000]], {
        "spawn_exit": Figure("spawn and exit", ratio=0.35),
        "spawn_monitor": Figure("spawn_monitor, wait for DOWN"),
        "server_start_stop": Figure("gen_server start and stop"),
    }),
    "W2": Workload("Bytes of an idle one", [
        ["memory", "process", 100000],
        ["memory", "server", 100000],
        ["memory", "process", 1000000],
        ["memory", "server", 1000000],
    ], {
        "process_100000_bytes": Figure("process, one of 100 000"),
        "process_1000000_bytes": Figure("process, one of a million"),
        "server_100000_bytes": Figure("gen_server (integer), one of 100 000", ratio=0.12),
        "server_1000000_bytes": Figure("gen_server (integer), one of a million", ratio=0.12),
        "process_1000000_start": Figure("to start a million processes, each"),
        "server_1000000_start": Figure("to start a million gen_servers, each"),
    }, turns=1, memory=4096),
    "W3": Workload("Messages", [["messages", 300000]], {
        "ping_pong": Figure("ping-pong, a pid and an atom", ratio=0.7),
        "ping_pong_tuple": Figure("{ tag, pid, n } and { tag, n }"),
        "ping_pong_clauses": Figure("the same, received by pattern"),
    }),
    "W4": Workload("GenServer.call", [["calls", 300000]], {
        "call_inc": Figure("increment", ratio=0.35),
        "call_get": Figure("look into a map of 10", ratio=0.35),
    }),
    "W5": Workload("GenServer.cast", [["casts", 500000]], {"cast": Figure("cast")}),
    "W6": Workload("Ring", [["ring", 500000]], {"ring": Figure("a hop in a ring of 503")}),
    "W7": Workload("Fan-in", [["fan_in", 500]], {"fan_in": Figure("message, 1000 each from 500")}),
    "W8": Workload("A permanent child killed until the next one answers", [["restarts", "one", 300]], {
        "restart_min": Figure("best"),
        "restart_median": Figure("median"),
    }, turns=3),
    "W8b": Workload("10 000 children killed once each", [
        ["restarts", "dynamic", 10000],
        ["restarts", "static", 10000],
    ], {
        "restarts_dynamic": Figure("restart by a DynamicSupervisor"),
        "restarts_static": Figure("restart by a Supervisor"),
    }, turns=1),
    "W9": Workload("Timers", [["timers", 200000]], {
        "timer_start": Figure("start"),
        "timer_cancel": Figure("cancel"),
        "timer_start_cancel": Figure("start and cancel"),
        "timer_late": Figure("lateness, median"),
    }),
    "W10": Workload("Payloads, there and an ok back", [["payloads", 300]], {
        "payload_list": Figure("list of 10 000 integers"),
        "payload_map": Figure("map of 10 000 strings to integers"),
        "payload_string": Figure("string of 64 KiB"),
    }),
    "W11": Workload("Start", [], {
        "start_prompt": Figure("to the prompt (IEx)", ratio=0.05),
        "start_answer": Figure("a typed line answered"),
        "start_code": Figure("-e (elixir -e)"),
        "start_resident": Figure("memory at the prompt"),
    }),
    "W12": Workload("Full mailboxes", [["mailbox", 1000]], {
        "receive_last": Figure("selective receive, the last of 10 000"),
        "call_full_mailbox": Figure("call by one with 10 000 messages"),
    }),
    "W14": Workload("Crowds, in random order", [["crowd", 100000]], {
        "crowd_echo_100000": Figure("message to each of 100 000 and back"),
        "crowd_call_100000": Figure("call to each of 100 000 gen_servers"),
        "crowd_echo_1000000": Figure("message to each of a million and back"),
        "crowd_call_1000000": Figure("call to each of a million gen_servers"),
    }, turns=3, full=[["crowd", 1000000]], memory=1024),
    "W15": Workload("Beside 10 endless loops", [["fairness", 200]], {
        "loops_round_trip": Figure("round trip, median"),
        "loops_call": Figure("call between two others, median", limit=1000),
    }, turns=3),
    "W16": Workload("1000 requests to a slow endpoint (Moonbeam alone)", [["outside", 1000]], {
        "http_slow": Figure("until all are answered, beyond its pause"),
        "http_call": Figure("call between two others, median", limit=1000),
    }, turns=3),
    "million": Workload("A million gen_servers, each called once", [["million", 1000000]], {
        "million_resident": Figure("memory"),
        "million_peak": Figure("memory at most", limit=512),
        "million_collection": Figure("a full collection of Lua's"),
    }, turns=1, memory=4096),
}


class Progress:
    """One line that is written over on a terminal, else a line for each workload."""

    def __init__(self):
        self.terminal = sys.stderr.isatty()

    def workload(self, key, title):
        if not self.terminal:
            print("%s %s" % (key, title), file=sys.stderr, flush=True)

    def step(self, words):
        if self.terminal:
            print("\r\033[K  %.77s" % words, end="", file=sys.stderr, flush=True)

    def say(self, words):
        if self.terminal:
            print("\r\033[K", end="", file=sys.stderr)
        print("scripts/bench: " + words, file=sys.stderr, flush=True)

    def done(self):
        if self.terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


class Bench:
    def __init__(self, options):
        self.options = options
        self.progress = Progress()
        self.samples = {side: {} for side in SIDES}  # side -> name -> list of values
        self.units = {}
        self.sides = ["moonbeam"]
        self.failed = set()  # (side, words of a run): not run again

    # ---- The two sides

    def prepare(self):
        if not self.options.smoke:
            self.prepare_beam()
            self.pin()

    def prepare_beam(self):
        if not (shutil.which("erl") and shutil.which("erlc")):
            self.progress.say("no Erlang here: measuring Moonbeam alone. On Debian: " + DEBIAN)
            return
        self.compiled = ROOT / "build" / "bench"
        self.compiled.mkdir(parents=True, exist_ok=True)
        self.progress.step("compiling the BEAM's side")
        subprocess.run(["erlc", "-o", str(self.compiled), *map(str, (HERE / "beam").glob("*.erl"))],
                       check=True)
        self.sides = list(SIDES)
        if not shutil.which("iex"):
            self.progress.say("no Elixir here: nothing to compare the start with. On Debian: " + DEBIAN)

    def pin(self):
        """All that is measured shares one core; whatever else is running may have the others."""
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        else:
            self.progress.say("this system cannot pin a program to a core: figures vary more")

    def command(self, side, program, arguments):
        words = [str(a) for a in arguments]
        if side == "moonbeam":
            return [self.options.moonbeam, str(HERE / "moonbeam" / (program + ".lua")), *words]
        return ["erl", "+S", "1:1", "+SDcpu", "1:1", "+SDio", "1", "+P", "4000000", "-noshell",
                "-noinput", "-pa", str(self.compiled), "-run", "bench", "main", program, *words]

    # ---- Measuring

    def run(self, side, program, arguments):
        words = " ".join([program, *map(str, arguments)])
        if (side, words) in self.failed:
            return
        if side == "beam" and not (HERE / "beam" / (program + ".erl")).exists():
            return
        command = self.command(side, program, arguments)
        try:
            result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                                    timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.fail(side, words, "takes more than %d seconds" % PATIENCE)
            return
        if result.returncode != 0 or result.stderr:
            self.fail(side, words, "ended with status %d\n%s" % (result.returncode, result.stderr))
        for line in result.stdout.splitlines():
            self.add(side, *line.split())

    def add(self, side, name, value, unit):
        self.samples[side].setdefault(name, []).append(float(value))
        self.units[name] = unit

    def fail(self, side, what, words):
        self.failed.add((side, what))
        self.progress.say("%s: %s %s" % (TITLES[side], what, words.strip()))

    def workload(self, key):
        workload = WORKLOADS[key]
        self.progress.workload(key, workload.title)
        runs = list(workload.runs)
        if self.options.full:
            runs += workload.full
        if self.options.smoke:
            runs = [[max(2, a // 1000) if isinstance(a, int) else a for a in run] for run in runs]
        elif workload.memory:
            self.progress.step("%s  touching memory" % key)
            touch_memory(workload.memory)
        turns = 1 if self.options.smoke else workload.turns * (2 if self.options.full else 1)
        for turn in range(turns):
            for program, *arguments in runs:
                for side in self.sides:
                    self.progress.step("%s  %s  %d of %d  %s %s" % (
                        key, workload.title, turn + 1, turns, TITLES[side], program))
                    self.run(side, program, arguments)
        if key == "W11":
            self.starts()

    def starts(self):
        turns = 1 if self.options.smoke else 11
        commands = {"moonbeam": startup.moonbeam(self.options.moonbeam)}
        if "beam" in self.sides and shutil.which("iex"):
            commands["beam"] = startup.IEX
        with tempfile.TemporaryDirectory() as home:
            for turn in range(turns):
                for side, command in sorted(commands.items()):
                    self.progress.step("W11  Start  %d of %d  %s" % (turn + 1, turns, TITLES[side]))
                    try:
                        for name, value, unit in startup.measure(command, home):
                            self.add(side, name, value, unit)
                    except (startup.Silent, subprocess.CalledProcessError) as failure:
                        self.fail(side, "start", str(failure))
                        return

    # ---- Telling

    def median(self, side, name):
        values = self.samples[side].get(name)
        return statistics.median(values) if values else None

    def rows(self, key):
        """(label, unit, BEAM, Moonbeam, ratio, goal in words, whether it is met or None)"""
        for name, figure in WORKLOADS[key].figures.items():
            beam, moonbeam = self.median("beam", name), self.median("moonbeam", name)
            if beam is None and moonbeam is None:
                continue
            ratio = moonbeam / beam if beam and moonbeam is not None else None
            goal, met = "", None
            if figure.ratio is not None:
                goal = "<= %.2f" % figure.ratio
                met = None if ratio is None else ratio <= figure.ratio
            elif figure.limit is not None:
                goal = "< %g %s" % (figure.limit, self.units[name])
                met = None if moonbeam is None else moonbeam < figure.limit
            yield figure.label, self.units[name], beam, moonbeam, ratio, goal, met

    def table(self, keys):
        form = "  %-40s %10s %10s %-4s %6s  %-12s%s"
        print(form % ("", "BEAM", "Moonbeam", "", "ratio", "goal", ""))
        goals = 0
        reached = 0
        for key in keys:
            rows = list(self.rows(key))
            if rows:
                print("\n%s  %s" % (key, WORKLOADS[key].title))
            for label, unit, beam, moonbeam, ratio, goal, met in rows:
                print((form % (label, number(beam), number(moonbeam), unit,
                               "" if ratio is None else "%.2f" % ratio, goal,
                               "" if met is None else "met" if met else "missed")).rstrip())
                goals += met is not None
                reached += met is True
        print("\nRatios are Moonbeam / BEAM: less is better. %d of %d goals met." % (reached, goals))

    def json(self, path):
        path.write_text(json.dumps({
            name: {"unit": unit, **{side: self.samples[side].get(name, []) for side in SIDES}}
            for name, unit in self.units.items()
        }, indent=1) + "\n")


def number(value):
    if value is None:
        return "-"
    return "%.0f" % value if value >= 1000 else "%.1f" % value if value >= 10 else "%.2f" % value


def touch_memory(mebibytes):
    """Makes the host of a virtual machine back that much memory, if there is so much to have."""
    code = "import mmap, sys; m = mmap.mmap(-1, int(sys.argv[1]) << 20); m[::4096] = bytes(len(m) // 4096)"
    subprocess.run([sys.executable, "-c", code, str(mebibytes)], stderr=subprocess.DEVNULL)


def parse():
    parser = argparse.ArgumentParser(prog="scripts/bench", description="Measure Moonbeam beside the BEAM.")
    parser.add_argument("--full", action="store_true", help="more turns, and crowds of a million")
    parser.add_argument("--smoke", action="store_true",
                        help="only see whether Moonbeam's programs run, with tiny counts")
    parser.add_argument("--json", metavar="FILE", type=pathlib.Path, help="write all samples there")
    parser.add_argument("--moonbeam", metavar="PROGRAM",
                        default=str(ROOT / "build" / "release" / "repl" / "moonbeam"))
    parser.add_argument("workloads", metavar="WORKLOAD", nargs="*", help=", ".join(WORKLOADS))
    options = parser.parse_args()
    known = {key.lower(): key for key in WORKLOADS}
    unknown = [word for word in options.workloads if word.lower() not in known]
    if unknown:
        parser.error("unknown workload %s; there are %s" % (unknown[0], ", ".join(WORKLOADS)))
    options.workloads = [known[word.lower()] for word in options.workloads] or list(WORKLOADS)
    return options


def main():
    options = parse()
    bench = Bench(options)
    begin = time.monotonic()
    bench.prepare()
    for key in options.workloads:
        bench.workload(key)
    bench.progress.done()
    if options.smoke:
        print("%d figures" % len(bench.samples["moonbeam"]))
    else:
        bench.table(options.workloads)
    if options.json:
        bench.json(options.json)
    bench.progress.say("took %.0f seconds" % (time.monotonic() - begin))
    sys.exit(len(bench.failed) > 0)


main()
