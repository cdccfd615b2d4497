#!/usr/bin/env python3
"""run.py MOONBEAM: what databases promise beyond one program's life."""
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE = float(os.environ.get("MOONBEAM_TEST_PATIENCE", "20"))
SANITIZED = "exitcode=99" in os.environ.get("ASAN_OPTIONS", "") and PATIENCE > 20
KILLS = 5 if SANITIZED else 20


class Wrong(Exception):
    pass


def expect(what, want, got):
    if want != got:
        raise Wrong(f"{what}: expected {want!r}, got {got!r}")


def run(moonbeam, program, database, *options, **more):
    environment = dict(os.environ, DATABASE=database, NO_COLOR="1")
    done = subprocess.run([moonbeam, *options, os.path.join(HERE, program)], env=environment,
                          capture_output=True, text=True, timeout=3 * PATIENCE, **more)
    if done.returncode != 0 or done.stderr:
        raise Wrong(f"status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def rows(database, question):
    connection = sqlite3.connect(database)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def confirmed_in(log):
    """The last number in the file of which all was written."""
    try:
        with open(log, encoding="ascii") as file:
            whole = [line for line in file if line.endswith("\n")]
    except FileNotFoundError:
        return 0
    return int(whole[-1]) if whole else 0


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise Wrong("nothing was stored")
        time.sleep(0.01)


def what_was_confirmed_survives_a_kill(moonbeam, folder):
    """Killed at random moments, again and again, with the same file."""
    database = os.path.join(folder, "data")
    log = os.path.join(folder, "confirmed")
    environment = dict(os.environ, DATABASE=database, CONFIRMED=log)
    last = 0
    for _ in range(KILLS):
        child = subprocess.Popen([moonbeam, os.path.join(HERE, "confirms.lua")], env=environment)
        wait_until(lambda: confirmed_in(log) > last)
        time.sleep(random.random() * 0.1)
        child.send_signal(signal.SIGKILL)
        child.wait()
        confirmed = confirmed_in(log)
        found = [id for id, in rows(database, "select id from t where half = id / 2 order by id")]
        expect("the file", [("ok",)], rows(database, "pragma integrity_check"))
        expect("all from 1 on", list(range(1, len(found) + 1)), found)
        expect("halves of transactions", [(len(found),)], rows(database, "select count(*) from t"))
        if not confirmed <= len(found) <= confirmed + 1:
            raise Wrong(f"{confirmed} were confirmed, {len(found)} are there")
        last = len(found)
    if last < KILLS:
        raise Wrong(f"only {last} were stored at all")


def another_program_holds_the_lock(moonbeam, folder):
    database = os.path.join(folder, "data")
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("pragma journal_mode = wal")
    other.execute("create table t (a)")
    other.execute("begin immediate")
    code = """local conn = assert(Database.connect{ path = os.getenv "DATABASE", busy_timeout = 50 })
        print(inspect{ conn:execute("insert into t values (1)") })"""
    environment = dict(os.environ, DATABASE=database, NO_COLOR="1")
    done = subprocess.run([moonbeam, "-e", code], env=environment, capture_output=True, text=True,
                          timeout=PATIENCE)
    other.close()
    expect("the answer", '{ nil, { "sqlite", "busy", "database is locked" } }\n', done.stdout)


def filled(moonbeam, database, **more):
    lines = run(moonbeam, "fills.lua", database, **more).splitlines()
    expect("stored some", "stored some\ttrue", lines[0])
    if lines[1] not in ("then\tfull\tdatabase or disk is full", "then\tioerr\tdisk I/O error"):
        raise Wrong("\n".join(lines))
    if lines[2] not in ("in a transaction\tfull", "in a transaction\tioerr"):
        raise Wrong("\n".join(lines))
    expect("what was confirmed", "all is there\ttrue", lines[3])


def the_file_may_not_grow(moonbeam, folder):
    """A write beyond the limit is an error for who writes, and no signal ends the program."""
    database = os.path.join(folder, "data")
    limit = 200 * 1024
    filled(moonbeam, database,
           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    expect("the file", [("ok",)], rows(database, "pragma integrity_check"))


def the_disk_is_full(moonbeam, folder):
    """In a file system of 400 KiB, where one may be mounted."""
    mount = "mount -t tmpfs -o size=400k tmpfs \"$0\" && "
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    if not shutil.which("unshare") or subprocess.run(
            [*command, mount + "true", folder], capture_output=True).returncode != 0:
        return "not shown: nothing can be mounted here"
    script = os.path.join(folder, "moonbeam")
    with open(script, "w", encoding="utf-8") as file:
        file.write('#!/bin/sh\nexec unshare --user --map-root-user --mount sh -c \'mount -t tmpfs -o '
                   f'size=400k tmpfs "{folder}" && exec "$0" "$@"\' "{moonbeam}" "$@"\n')
    os.chmod(script, 0o755)
    return filled(script, os.path.join(folder, "data"))


def a_replay_needs_no_database(moonbeam, folder):
    database, recording, events = (os.path.join(folder, name) for name in ("data", "rec", "events"))
    first = run(moonbeam, "replayed.lua", database, "--seed", "5", "--record", recording, "--events",
                events)
    with open(events, "rb") as file:
        first_events = file.read()
    os.remove(database)
    second = run(moonbeam, "replayed.lua", database, "--replay", recording, "--events", events)
    with open(events, "rb") as file:
        second_events = file.read()
    expect("the output", first, second)
    expect("the events", first_events, second_events)
    expect("rows", 20, first.count("type = \"blob\""))
    expect("a file", False, os.path.exists(database))


def main():
    moonbeam = os.path.abspath(sys.argv[1])
    failed = 0
    for test in (what_was_confirmed_survives_a_kill, another_program_holds_the_lock,
                 the_file_may_not_grow, the_disk_is_full, a_replay_needs_no_database):
        with tempfile.TemporaryDirectory() as folder:
            try:
                note = test(moonbeam, folder)
                print("ok   " + test.__name__ + (f" ({note})" if note else ""))
            except (Wrong, subprocess.TimeoutExpired) as wrong:
                print(f"FAIL {test.__name__}: {wrong}")
                failed += 1
    sys.exit(failed > 0)


main()
