#!/usr/bin/env python3
"""What the outside can do to a program, and what a recording of it gives again.

    run.py MOONBEAM [NAME...]        without names: every test below
"""

import contextlib
import os
import pathlib
import resource
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time

PATIENCE = float(os.environ.get("MOONBEAM_TEST_PATIENCE", "20"))
SANITIZED = "ASAN_OPTIONS" in os.environ and PATIENCE > 20
MOONBEAM = os.path.abspath(sys.argv[1])
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="moonbeam-outside-"))
TESTS = []


class Skipped(Exception):
    """Something that a test needs is not there."""


def test(function):
    TESTS.append(function)
    return function


def want(what, wanted, got):
    if wanted != got:
        raise AssertionError("%s: wanted %r, got %r" % (what, wanted, got))


def moonbeam(code, *args, status=0, environment=None, limit=None):
    """Runs a program, of `limit` open files at most; its output and its errors."""
    program = FOLDER / "program.lua"
    program.write_text(code)
    start = None
    if limit:
        start = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    done = subprocess.run([MOONBEAM, *args, str(program)], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=PATIENCE, check=False, preexec_fn=start,
                          env=dict(os.environ, NO_COLOR="1", **(environment or {})))
    output, errors = done.stdout.decode(), done.stderr.decode()
    if "Sanitizer" in errors or "runtime error:" in errors:
        raise AssertionError(errors)
    if done.returncode != status:
        raise AssertionError("exit status %d\n%s%s" % (done.returncode, output, errors))
    return output, errors


class Endpoint:
    """A socket that listens, and calls talk(connection) for each connection."""

    def __init__(self, talk):
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port = self.socket.getsockname()[1]
        self.connections = 0
        self.talk = talk
        self.threads = []
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self.serve, args=(connection,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def serve(self, connection):
        with connection, contextlib.suppress(OSError):
            self.talk(connection)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def url(self, scheme="http"):
        return "%s://127.0.0.1:%d/" % (scheme, self.port)


def read_request(connection):
    """Whatever comes up to an empty line."""
    request = b""
    while b"\r\n\r\n" not in request:
        more = connection.recv(4096)
        if not more:
            break
        request += more
    return request


def until_closed(connection):
    while connection.recv(4096):
        pass


def saying(answer):
    def talk(connection):
        read_request(connection)
        connection.sendall(answer)
    return talk


def get(url, options="", status=0, **more):
    code = """
      local response, failure = HTTP.get(%r, { %s })
      print(response and response.status_code .. " " .. response.body
            or inspect(failure.reason, { width = 0 }))
    """ % (url, options)
    return moonbeam(code, status=status, **more)[0].rstrip("\n")


# ---- Requests


@test
def a_port_that_says_nothing_is_left():
    with Endpoint(until_closed) as endpoint:
        want("reason", '"timeout"', get(endpoint.url(), "recv_timeout = 100"))
        want("reason", '"timeout"', get(endpoint.url(), "request_timeout = 100"))
        # With TLS there is no connection before there is an answer.
        want("reason", '"connect_timeout"', get(endpoint.url("https"), "timeout = 100"))
        # Nor is there one any more behind a redirection.
        moved = "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
        with Endpoint(saying((moved % endpoint.url("https")).encode())) as first:
            options = "timeout = 100, follow_redirect = true"
            want("reason", '"connect_timeout"', get(first.url(), options))


@test
def silence_is_measured_and_not_the_whole():
    def talk(connection):
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
        for letter in b"hello":
            time.sleep(0.2)
            connection.sendall(bytes([letter]))
    with Endpoint(talk) as endpoint:
        want("response", "200 hello", get(endpoint.url(), "recv_timeout = 700"))
        want("reason", '"timeout"', get(endpoint.url(), "recv_timeout = 50"))


@test
def what_is_no_response_is_told():
    for answer, reason in [
        (b"", '"closed"'),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", '"closed"'),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhal", '"closed"'),
        (b"SSH-2.0-OpenSSH\r\n", '{ "bad_response", "Received HTTP/0.9 when not allowed" }'),
    ]:
        with Endpoint(saying(answer)) as endpoint:
            want(answer, reason, get(endpoint.url()))


@test
def who_is_killed_hangs_up():
    over = threading.Event()

    def talk(connection):
        read_request(connection)
        until_closed(connection)
        over.set()
    with Endpoint(talk) as endpoint:
        moonbeam("""
          local pid = spawn(function() HTTP.get(%r) end)
          Process.sleep(200)
          Process.exit(pid, "kill")
          Process.sleep(200)
          print(#Process.list())
        """ % endpoint.url())
        want("the connection is closed", True, over.wait(5))


@test
def a_handler_ends_when_its_client_hangs_up():
    """It would hold the connection for ever. Others go on."""
    program = FOLDER / "program.lua"
    program.write_text("""
      local me = self()
      local server = HTTP.serve{ handler = function(request)
        if request.path == "/quick" then return 200, "quick" end
        send(me, { "handler", self() })
        Process.sleep("infinity")
      end }
      print(server.port)
      io.flush()
      local ref = receive { { { "handler", _ }, function(pid) return Process.monitor(pid) end } }
      print(receive { { { "DOWN", ref, _, _, _ }, function(_, _, reason) return reason end } })
      print(HTTP.get(server.url .. "/quick").body)
    """)
    child = subprocess.Popen([MOONBEAM, str(program)], stdout=subprocess.PIPE, text=True)
    connection = socket.create_connection(("127.0.0.1", int(child.stdout.readline())))
    connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    connection.close()
    want("what it says", "killed\nquick\n", child.communicate(timeout=PATIENCE)[0])
    want("its status", 0, child.returncode)


def gibibyte(head, log):
    def talk(connection):
        read_request(connection)
        connection.sendall(head)
        try:
            for _ in range(16384):
                connection.sendall(bytes(65536))
        except OSError:
            log.append("refused")
    return talk


@test
def a_gibibyte_is_refused_early():
    code = """
      local _, failure = HTTP.get(%r)
      local memory = 0
      for line in io.open("/proc/self/status"):lines() do
        memory = tonumber(line:match("^VmHWM:%%s*(%%d+) kB")) or memory
      end
      print(failure.reason, memory < %d << 10)
    """
    log = []
    for head, mebibytes in [(b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n", 64),
                            (b"HTTP/1.1 200 OK\r\n\r\n", 256)]:
        with Endpoint(gibibyte(head, log)) as endpoint:
            output, _ = moonbeam(code % (endpoint.url(), mebibytes * (4 if SANITIZED else 1)))
            want("what it says and takes", "body_too_large\ttrue\n", output)
            endpoint.threads[0].join(10)
    want("what the endpoint sees", ["refused", "refused"], log)


@test
def proxies_are_not_asked_for_the_loopback():
    proxies = {name: "http://127.0.0.1:1" for name in
               ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY")}
    with Endpoint(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) as endpoint:
        want("response", "200 ok", get(endpoint.url(), environment=proxies))


@test
def certificates_are_verified():
    if not shutil.which("openssl"):
        raise Skipped("no openssl")
    key, certificate = FOLDER / "key.pem", FOLDER / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                    "-keyout", str(key), "-out", str(certificate), "-subj", "/CN=moonbeam",
                    "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def talk(connection):
        with context.wrap_socket(connection, server_side=True) as safe:
            read_request(safe)
            safe.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    with Endpoint(talk) as endpoint:
        url = endpoint.url("https")
        refused = get(url)
        want(refused, True, refused.startswith('{ "tls_alert", { "bad_certificate", "'))
        want("with its certificate", "200 ok", get(url, "cacert = %r" % str(certificate)))
        text = "cacert = [[%s]]" % certificate.read_text()
        want("with its text", "200 ok", get(url, text))
        other = get(url.replace("127.0.0.1", "localhost"), text)
        want(other, True, other.startswith('{ "tls_alert", { "handshake_failure", "'))
        want("no such file", True, get(url, "cacert = '/none'").startswith('{ "cacert", "'))


@test
def nothing_is_lost_without_sockets():
    def talk(connection):
        read_request(connection)
        time.sleep(0.5)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    with Endpoint(talk) as endpoint:
        output, _ = moonbeam("""
          local me, counts = self(), {}
          for i = 1, 200 do
            spawn(function()
              local response, failure = HTTP.get(%r)
              send(me, { response and "ok" or failure.reason })
            end)
          end
          for i = 1, 200 do
            receive{ { { _ }, function(how) counts[how] = (counts[how] or 0) + 1 end } }
          end
          print(counts.ok > 0, counts.emfile > 0, counts.ok + counts.emfile)
          print(HTTP.get(%r).status_code)
        """ % (endpoint.url(), endpoint.url()), limit=100)
    want("output", "true\ttrue\t200\n200\n", output)


@test
def a_program_that_is_interrupted_hangs_up():
    over, asked = threading.Event(), threading.Event()

    def talk(connection):
        read_request(connection)
        asked.set()
        until_closed(connection)
        over.set()
    with Endpoint(talk) as endpoint:
        process = subprocess.Popen([MOONBEAM, "-e", "HTTP.get(%r)" % endpoint.url()],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        want("it asks", True, asked.wait(PATIENCE))
        process.send_signal(signal.SIGINT)
        want("status", -signal.SIGINT, process.wait(PATIENCE))
        want("the connection is closed", True, over.wait(5))


# ---- Recordings

PROGRAM = """
  local url = %r
  local me = self()
  local beat = spawn(function() while true do Process.sleep(3) end end)
  local server = HTTP.serve{ handler = function(request)
    Process.sleep(math.random(20))
    if request.query.n == "4" then exit("shutdown") end
    return 200, "\\0\\255\\n\\"" .. request.query.n
  end }
  for n = 1, 10 do
    spawn(function()
      local response, failure = HTTP.get((n %% 3 == 0 and url or server.url) .. "?n=" .. n)
      print(n, inspect(response and response.body or failure), System.monotonic_time())
      send(me, "done")
    end)
  end
  for _ = 1, 10 do receive{ { "done", function() end } } end
  local pid = spawn(function() HTTP.get(url .. "hang") end)
  Process.sleep(5)
  Process.exit(pid, "kill")
  Process.sleep(60000)
  print(inspect(HTTP.get("http://127.0.0.1:1/")))
  print(HTTP.serve{ port = server.port, handler = print })
  print(HTTP.stop(server), System.monotonic_time("second"))
"""


def slow(connection):
    if b"hang" in read_request(connection):
        until_closed(connection)
    time.sleep(0.01)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")


@test
def a_replay_is_the_same_run_without_the_outside():
    recording = str(FOLDER / "recording")
    with Endpoint(slow) as endpoint:
        program = PROGRAM % endpoint.url()
        for seed in ("1", "2", "3"):
            before = endpoint.connections
            events = [FOLDER / "events1", FOLDER / "events2"]
            first = moonbeam(program, "--seed", seed, "--record", recording, "--events",
                             str(events[0]))
            want("requests came", True, endpoint.connections > before)
            before = endpoint.connections
            again = moonbeam(program, "--replay", recording, "--events", str(events[1]))
            want("no request came", before, endpoint.connections)
            want("output", first, again)
            want("lines", 13, first[0].count("\n"))
            want("events", events[0].read_bytes(), events[1].read_bytes())
    again = moonbeam(program, "--replay=" + recording)
    want("output without the endpoint", first, again)


def record(code):
    path = str(FOLDER / "recording")
    moonbeam(code, "--record", path)
    return path


@test
def a_replay_that_asks_something_else_says_so():
    ask = "local _, failure = HTTP.get('http://127.0.0.1:%d/') print(failure.reason)"
    path = record(ask % 1)
    want("the same", "econnrefused\n", moonbeam(ask % 1, "--replay", path)[0])
    _, errors = moonbeam(ask % 2, "--replay", path, status=1)
    for words in ("the recording has { \"open\", 1, \"http\"", "http://127.0.0.1:1/",
                  "but what is asked is", "http://127.0.0.1:2/", path + ":2"):
        want(errors, True, words in errors)
    _, errors = moonbeam(ask % 1 + " " + ask.replace("local _, failure =", "_, failure =") % 1,
                         "--replay", path, status=1)
    want(errors, True, "the recording has its end here" in errors and path + ":5" in errors)
    # Nothing is told before everything has been asked; who waits for it ends.
    both = "spawn(function() Process.sleep(0) %s end) %s Process.sleep(50)"
    path = record(both % (ask % 1, ask % 1))
    _, errors = moonbeam(ask % 1, "--replay", path, status=1)
    want(errors, True, "here, which nobody asks" in errors)
    want(errors, True, path + ": the replay was not the same run" in errors)


@test
def a_replay_that_does_not_come_to_the_end_says_so():
    ask = "print(HTTP.get('http://127.0.0.1:1/')) "
    path = record(ask + ask)
    output, errors = moonbeam(ask, "--replay", path, status=1)
    want("the first answer", 1, output.count("\n"))
    want(errors, True, errors.startswith("moonbeam: %s:5: the replay has ended before this: "
                                         "{ \"open\", 2, \"http\"" % path))
    lines = pathlib.Path(path).read_text().splitlines(keepends=True)
    pathlib.Path(path).write_text("".join(lines[:-2]))
    output, errors = moonbeam(ask + ask, "--replay", path, status=1)
    want("the first answer", 1, output.count("\n"))
    want(errors, "moonbeam: %s: nothing more is told, and everybody waits\n" % path, errors)


@test
def a_broken_recording_is_refused():
    path = FOLDER / "broken"
    title = '{ "moonbeam recording", 1, 0 }\n'
    for text, line, words in [
        ("", 1, "this is no recording"),
        ("print(1)\n", 1, "this is no recording"),
        (title + '{ "tell", 1, 5, { }\n', 2, "'}' expected near <eof>"),
        (title + '{ "close", 1 }\n{ "tell", 1, -5, {} }\n', 3, "a record expected"),
        (title + '{ "shut", 1 }\n', 2, "a record expected"),
        (title + '{ "open", 1, "http", (function() while true do end end)() }\n', 2,
         "this is no data"),
        (title + '{ "open", 1, "http", os.exit() }\n', 2, "attempt to index a nil value"),
    ]:
        path.write_text(text)
        _, errors = moonbeam("print(1)", "--replay", str(path), status=1)
        want(errors, True, errors.startswith("moonbeam: %s:%d: " % (path, line)) and words in errors)
    _, errors = moonbeam("print(1)", "--replay", str(FOLDER / "none"), status=1)
    want(errors, True, "No such file or directory" in errors)
    _, errors = moonbeam("print(1)", "--record", "/none/x", status=1)
    want(errors, True, "No such file or directory" in errors)
    if os.path.exists("/dev/full"):
        output, errors = moonbeam("print(1)", "--record", "/dev/full", status=1)
        want("output", "1\n", output)
        want(errors, True, "not all could be recorded: No space left on device" in errors)


@test
def the_virtual_clock_waits_for_answers():
    """It keeps pace with the real one meanwhile, and jumps as ever when nothing is asked."""
    def talk(connection):
        read_request(connection)
        time.sleep(0.3)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    with Endpoint(talk) as endpoint:
        output, _ = moonbeam("""
          Process.sleep(100000)
          local ticks, begin = 0, System.monotonic_time("millisecond")
          local timer = spawn(function() while true do Process.sleep(20) ticks = ticks + 1
            Process.put("ticks", ticks) end end)
          local status = HTTP.get(%r).status_code
          local took = System.monotonic_time("millisecond") - begin
          local n = Process.info(timer, "dictionary").ticks
          print(status, took >= 300 and took < 3000, math.abs(n - took // 20) <= 1)
        """ % endpoint.url(), "--virtual")
    want("output", "200\ttrue\ttrue\n", output)


def main():
    names = sys.argv[2:]
    passed = failed = 0
    for function in TESTS:
        if names and function.__name__ not in names:
            continue
        try:
            function()
        except Skipped as why:
            print("skip %s: %s" % (function.__name__, why))
            continue
        except (AssertionError, subprocess.TimeoutExpired) as wrong:
            failed += 1
            print("FAIL %s: %s" % (function.__name__, wrong))
            continue
        passed += 1
        print("ok   " + function.__name__)
    shutil.rmtree(FOLDER)
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


sys.exit(main())
