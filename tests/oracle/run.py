#!/usr/bin/env python3
"""Runs the scenarios: the Lua sides against .expected, or the Elixir sides that .expected comes from."""
import argparse
import difflib
import re
import shutil
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUPPORT = HERE / "support" / "oracle.lua"
TIMEOUT = 20
ELIXIR_TIMEOUT = 60
SKIPPED = 77  # what Oracle.needs ends with where a package is missing


def number_pids(text):
    seen = {}
    return re.sub(r"#PID<[\d.]+>", lambda m: seen.setdefault(m[0], f"P{len(seen) + 1}"), text)


def is_log_line(line):
    """Blank lines, the stack lines below the error and the places of functions are not shared by both sides."""
    return line.strip() and not line.startswith("Function: ") and (not line.startswith("    ") or line.lstrip().startswith("** ("))


NAMED = re.compile(r'(GenServer |Client |from |^\[error\] \w+ )[:"]+(\w+)"?(?= terminating| is |\): | received)', re.M)


def normalise(log):
    log = re.sub(r"^\d\d:\d\d:\d\d\.\d+ ", "", number_pids(log), flags=re.M)
    log = NAMED.sub(r"\1\2", log)
    return "".join(line.rstrip() + "\n" for line in log.splitlines() if is_log_line(line))


def translate_values(line):
    """Elixir's inspect form of simple values, turned into Moonbeam's."""
    head = re.match(r"(?:\w+=.* )?\[\w+\] ", line)
    head = head[0] if head else ""
    body = line[len(head):]
    body = re.sub(r':"([^"]*)"', r'"\1"', body)
    body = re.sub(r"(?<![\w:\"]):([A-Za-z_]\w*)", r'"\1"', body)
    body = body.replace("%{", "{")
    body = re.sub(r"[{\[]", "{ ", body)
    body = re.sub(r"[}\]]", " }", body)
    body = re.sub(r"(?<=[{,] )([a-z]\w*): ", r"\1 = ", body)
    return head + body.replace("{  }", "{}")


def from_elixir(log):
    return "".join(translate_values(line) + "\n" for line in normalise(log).splitlines())


def run(name, command, timeout, log_filter):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, cwd=HERE)
    except subprocess.TimeoutExpired:
        return f"no end after {timeout} s\n"
    if done.returncode == SKIPPED:
        print(f"{name} skipped: {done.stdout.strip()}")
        return None
    if name.startswith("log_"):
        return done.stdout + log_filter(done.stderr)
    if done.returncode != 0:
        return f"{done.stdout}status {done.returncode}\n{done.stderr}"
    return done.stdout


def run_lua(binary, name):
    command = [binary, "--virtual", str(HERE / f"{name}.lua"), str(SUPPORT)]
    return run(name, command, TIMEOUT, normalise)


def run_elixir(name):
    options = []
    if name.startswith(("node_", "global_")):
        # Those that are connected to two which have lost each other keep both.
        flags = "-kernel prevent_overlapping_partitions false"
        if name.startswith("node_"):
            flags += " -connect_all false"
        options = ["--sname", f"main_{zlib.crc32(name.encode())}", "--erl", flags]
    command = ["elixir", *options, f"{name}.exs"]
    return run(name, command, ELIXIR_TIMEOUT, from_elixir)


def expected(name):
    path = HERE / f"{name}.expected"
    return path.read_text() if path.exists() else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--elixir", action="store_true", help="run the Elixir sides instead")
    parser.add_argument("--record", action="store_true", help="rewrite .expected from Elixir")
    parser.add_argument("arguments", nargs="*", metavar="MOONBEAM_BINARY [NAME]")
    options = parser.parse_args()
    names = options.arguments
    side = run_elixir

    if options.elixir or options.record:
        if not shutil.which("elixir"):
            print("skipped: elixir is not installed")
            return 0
    else:
        if not names:
            parser.error("MOONBEAM_BINARY is missing")
        binary, names = str(Path(names[0]).resolve()), names[1:]
        side = lambda name: run_lua(binary, name)

    names = names or sorted(path.stem for path in HERE.glob("*.exs"))
    failed = skipped = 0
    with ThreadPoolExecutor(2) as pool:
        for name, output in zip(names, pool.map(side, names)):
            if output is None:
                skipped += 1
            elif options.record:
                (HERE / f"{name}.expected").write_text(output)
            elif output != expected(name):
                failed += 1
                lines = difflib.unified_diff(
                    expected(name).splitlines(True), output.splitlines(True), f"{name}.expected", name
                )
                sys.stdout.write("".join(lines))

    done = len(names) - skipped
    outcome = f"{done} recorded" if options.record else f"{done - failed} passed, {failed} failed"
    print(outcome + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
