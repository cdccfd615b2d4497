"""How long a prompt takes to appear, and to answer, at a pseudo-terminal."""

import dataclasses
import os
import pty
import select
import signal
import subprocess
import time

PATIENCE = 20  # seconds for anything to appear
LINE = b"6*7*11*13\n"
ANSWER = b"6006"


@dataclasses.dataclass
class Command:
    prompt: list   # starts the prompt
    sign: bytes    # what the prompt ends with
    code: list     # runs a piece of code


IEX = Command(["iex"], b"iex(1)>", ["elixir", "-e", "1"])


def moonbeam(program):
    return Command([program], b"> ", [program, "-e", "1"])


class Silent(Exception):
    """Something was expected at the terminal that did not come."""


def wait_for(fd, text, what):
    seen = b""
    while text not in seen:
        ready, _, _ = select.select([fd], [], [], PATIENCE)
        try:
            some = os.read(fd, 65536) if ready else b""
        except OSError:
            some = b""
        if not some:
            raise Silent("shows no %s but %r" % (what, seen))
        seen += some


def resident(pid):
    """Kilobytes that a process and its children hold."""
    with open("/proc/%d/status" % pid) as status:
        own = next((int(line.split()[1]) for line in status if line.startswith("VmRSS")), 0)
    with open("/proc/%d/task/%d/children" % (pid, pid)) as children:
        return own + sum(resident(int(child)) for child in children.read().split())


def measure(command, home):
    """(name, value, unit) of one start."""
    begin = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        environment = dict(os.environ, TERM="xterm", XDG_STATE_HOME=home)
        os.execvpe(command.prompt[0], command.prompt, environment)
    try:
        wait_for(fd, command.sign, "prompt")
        yield "start_prompt", (time.perf_counter() - begin) * 1e3, "ms"
        if os.path.exists("/proc/self/status"):
            yield "start_resident", resident(pid) / 1024, "MiB"
        begin = time.perf_counter()
        os.write(fd, LINE)
        wait_for(fd, ANSWER, "answer")
        yield "start_answer", (time.perf_counter() - begin) * 1e3, "ms"
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)
    begin = time.perf_counter()
    subprocess.run(command.code, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
    yield "start_code", (time.perf_counter() - begin) * 1e3, "ms"
