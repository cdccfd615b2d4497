#!/usr/bin/env python3
"""Play sessions at a pseudo-terminal.

    run.py MOONBEAM [FILE.session...]    without files: every *.session beside this script

A session is a list of lines, each with a sign in front:

    # a comment
    $ moonbeam --virtual       start the program (as the first line it may be left out: `$ moonbeam`);
                               NAME=VALUE before the program sets an environment variable
    > 1 + 1                    type this and Enter, once the program waits for input
    . Gen                      type this without Enter
    ! tab                      press a key: ctrl-a to ctrl-z, tab, enter, escape, backspace, delete,
                               up, down, left, right, home, end, space
    < 2                        this text must appear, after what was matched before it
    ~ #PID<0\\.\\d+\\.0>          something that fits this regular expression must appear, likewise
    = 0                        the program must end, with this status

What is expected is looked for behind the echo of what was typed last. Escape sequences and carriage
returns are taken out of the output before. Every session has a home and a state directory of its own,
which outlast a second `$`. The terminal has 80 columns and 24 rows. A program that still runs at the
end of its session loses its terminal, and must end of that.
"""

import fcntl
import os
import pathlib
import pty
import re
import select
import shlex
import signal
import struct
import sys
import tempfile
import termios
import time

PATIENCE = max(10.0, float(os.environ.get("MOONBEAM_TEST_PATIENCE", "10")) / 2)
COLUMNS, ROWS = 80, 24
# The end of the output of a program that waits for input.
PROMPT = re.compile(r"[>?:\].] ?\Z")
# Escape sequences: of a title (OSC), of the terminal (CSI), of one character; and lone controls.
ESCAPE = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[^\[\]]|[\r\a\b\x0e\x0f]")
# An escape sequence whose end has not come yet.
UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?)?$")
SANITIZER = re.compile(r"(Address|Leak|UndefinedBehavior)Sanitizer|^\S+:\d+:\d+: runtime error: ", re.M)
KEYS = {
    "tab": "\t", "enter": "\r", "escape": "\x1b", "backspace": "\x7f", "space": " ",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "home": "\x1b[H", "end": "\x1b[F", "delete": "\x1b[3~",
}
KEYS.update(("ctrl-" + chr(code + 96), chr(code)) for code in range(1, 27))


class Failure(Exception):
    pass


class Terminal:
    """A program at its pseudo-terminal."""

    def __init__(self, command, environment, directory):
        self.raw = b""        # bytes that may be the beginning of a UTF-8 character or an escape
        self.text = ""        # the output without escape sequences
        self.cursor = 0       # what was matched ends here in the text
        self.answer = 0       # what came since something was typed begins here
        self.echo = None      # pattern of what was typed last, until it has been seen
        self.status = None    # the exit status, once the program has ended
        self.open = True      # whether more output may come
        self.changed = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.chdir(directory)
                os.execve(command[0], command, environment)
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def read(self, seconds):
        """Take what comes within that time; returns as soon as something came."""
        if not self.open:
            return
        ready, _, _ = select.select([self.fd], [], [], max(0, seconds))
        if not ready:
            return
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # Linux says so when the program has closed its end
            data = b""
        if not data:
            self.open = False
            return
        self.changed = time.monotonic()
        self.raw += data
        text = self.raw.decode("utf-8", "replace")
        held = UNFINISHED.search(text)
        if held:
            text, self.raw = text[:held.start()], text[held.start():].encode()
        else:
            self.raw = b""
        self.text += ESCAPE.sub("", text)

    def skip_echo(self):
        """Move the cursor behind the echo of what was typed last; whether it is (or was) there."""
        if self.echo:
            seen = self.echo.search(self.text, self.cursor)
            if seen:
                self.cursor = self.answer = seen.end()
                self.echo = None
        return self.echo is None

    def wait_for_prompt(self):
        """Until the program seems to wait: a prompt and a moment of quiet, or a longer quiet."""
        end = time.monotonic() + PATIENCE
        while self.open and time.monotonic() < end:
            prompt = self.skip_echo() and PROMPT.search(self.text, self.answer)
            enough = 0.03 if prompt else 0.4
            quiet = time.monotonic() - self.changed
            if quiet >= enough:
                return
            self.read(enough - quiet)

    def type(self, text):
        """Type a text, as a person does: not before the program waits for it."""
        self.wait_for_prompt()
        typed = text.rstrip("\r")
        self.cursor = self.answer = len(self.text)
        # The terminal's width may break the line anywhere.
        self.echo = re.compile(r"\s*".join(map(re.escape, typed.replace(" ", "")))) if typed else None
        self.send(text)

    def press(self, key):
        """Press a key, once what was typed before has had its effect."""
        while self.open and time.monotonic() - self.changed < 0.1:
            self.read(0.1)
        self.send(key)

    def send(self, text):
        try:
            os.write(self.fd, text.encode())
        except OSError as error:
            raise Failure("cannot type: the program has ended") from error
        self.changed = time.monotonic()

    def expect(self, pattern, words):
        begin = time.monotonic()
        while True:
            if not self.skip_echo() and (time.monotonic() - begin > 1 or not self.open):
                self.echo = None  # this program does not echo
            if not self.echo:
                found = pattern.search(self.text, self.cursor)
                if found:
                    self.cursor = found.end()
                    return
                if not self.open:
                    raise Failure("the program ended without " + words)
            left = begin + PATIENCE - time.monotonic()
            if left <= 0:
                raise Failure("%g s without %s" % (PATIENCE, words))
            self.read(min(left, 0.1))

    def wait(self):
        """Wait for the program's end and return its status (128 + n for a signal)."""
        end = time.monotonic() + PATIENCE
        while self.status is None:
            self.read(0.02)
            if not self.open:
                time.sleep(0.005)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self.status = code if code >= 0 else 128 - code
            elif time.monotonic() > end:
                raise Failure("still running after %g s" % PATIENCE)
        while self.open:
            before = len(self.text)
            self.read(0.1)
            if len(self.text) == before:
                break
        return self.status

    def close(self):
        """Take the terminal away. The program must not outlive it."""
        if self.open or self.status is None:
            os.close(self.fd)
            self.open = False
        if self.status is None:
            try:
                self.wait()
            finally:
                if self.status is None:
                    os.kill(self.pid, signal.SIGKILL)
                    os.waitpid(self.pid, 0)


class Session:
    """The playing of one file."""

    def __init__(self, moonbeam, home):
        self.moonbeam = moonbeam
        self.home = home
        self.terminal = None
        self.output = ""  # of the programs that have ended

    def start(self, line):
        self.finish()
        words = shlex.split(line)
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": self.home, "XDG_STATE_HOME": self.home + "/state",
            "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "TZ": "UTC", "INPUTRC": "/dev/null",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "MOONBEAM_LESSONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        while words and "=" in words[0]:
            name, value = words.pop(0).split("=", 1)
            environment[name] = value
        if not words or words[0] != "moonbeam":
            raise Failure("a session starts `moonbeam`, not `%s`" % line)
        self.terminal = Terminal([self.moonbeam, *words[1:]], environment, self.home)

    def step(self, sign, rest):
        if sign == "$":
            return self.start(rest)
        if self.terminal is None:
            self.start("moonbeam")
        if sign == ">":
            self.terminal.type(rest + "\r")
        elif sign == ".":
            self.terminal.type(rest)
        elif sign == "!":
            if rest not in KEYS:
                raise Failure("no key is called %r" % rest)
            self.terminal.press(KEYS[rest])
        elif sign == "<":
            self.terminal.expect(re.compile(re.escape(rest)), repr(rest))
        elif sign == "~":
            self.terminal.expect(re.compile(rest, re.M), "anything like %r" % rest)
        elif sign == "=":
            status = self.terminal.wait()
            if status != int(rest):
                raise Failure("expected exit status %s, got %d" % (rest, status))
        else:
            raise Failure("a line begins with one of $ > . ! < ~ = #, not with %r" % sign)

    def finish(self):
        if self.terminal:
            terminal, self.terminal = self.terminal, None
            try:
                terminal.close()
            finally:
                self.output += terminal.text
            if SANITIZER.search(terminal.text):
                raise Failure("the sanitizer found something")


def play(moonbeam, path):
    """None if the session goes as written, else a report."""
    with tempfile.TemporaryDirectory(prefix="moonbeam-") as home:
        session = Session(moonbeam, home)
        number = 0
        failure = None
        try:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                if line.strip() and not line.startswith("#"):
                    session.step(line[0], line[2:])
        except (Failure, ValueError, re.error) as problem:
            failure = problem
        try:
            session.finish()
        except Failure as problem:
            failure = failure or problem
        if failure is None:
            return None
        tail = "".join("    | %s\n" % line for line in session.output.splitlines()[-40:])
        return "%s:%d: %s\n%s" % (path, number, failure, tail or "    | (no output)\n")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    moonbeam = os.path.abspath(sys.argv[1])
    here = pathlib.Path(__file__).resolve().parent
    paths = [pathlib.Path(name) for name in sys.argv[2:]] or sorted(here.glob("*.session"))
    passed = failed = 0
    for path in paths:
        report = play(moonbeam, path)
        if report:
            failed += 1
            print(report)
        else:
            passed += 1
    print("%d passed, %d failed" % (passed, failed))
    sys.exit(failed > 0)


main()
