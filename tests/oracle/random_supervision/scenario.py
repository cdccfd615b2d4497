"""Supervision scenarios by seed: a tree and what is done to it, as plain data that both drivers read.

Only Random.random() is used: it gives the same numbers with every version of Python."""
import random

REASONS = ["normal", "shutdown", ["shutdown", "why"], "boom", ["odd", 7]]
SIGNALS = REASONS + ["kill", "kill", "kill"]
ANSWERS = ["ok", "ok", "stop", "stop", "ignore", "raise", "exit", "normal", "nonsense"]
STUBBORN_SHUTDOWN = 50  # milliseconds; a stubborn worker takes 200


class Chance:
    def __init__(self, seed):
        self.random = random.Random(seed).random

    def below(self, count):
        return int(self.random() * count)

    def of(self, choices):
        return choices[self.below(len(choices))]

    def one_in(self, count):
        return self.below(count) == 0


def worker(chance, auto_shutdown):
    spec = {
        "kind": "worker",
        "restart": chance.of(["permanent", "permanent", "transient", "temporary"]),
        "shutdown": chance.of(["brutal_kill", 5000, 5000, "infinity"]),
        "trap": chance.one_in(2),
        "stubborn": False,
        "significant": False,
    }
    if chance.one_in(25):
        spec.update(trap=True, stubborn=True, shutdown=chance.of([STUBBORN_SHUTDOWN, "infinity"]))
    make_significant(chance, spec, auto_shutdown)
    return spec


def make_significant(chance, spec, auto_shutdown):
    allowed = auto_shutdown != "never" and spec["restart"] != "permanent"
    spec["significant"] = chance.one_in(2) if allowed else chance.one_in(150)


def supervisor(chance, depth, auto_shutdown="never"):
    spec = {
        "kind": "supervisor",
        "restart": chance.of(["permanent", "permanent", "transient", "temporary"]),
        "shutdown": chance.of(["infinity", "infinity", "infinity", "brutal_kill"]),
        "strategy": chance.of(["one_for_one", "one_for_all", "rest_for_one"]),
        "intensity": chance.of([0, 1, 2, 3, 5, 8]),
        "auto_shutdown": chance.of(["never", "never", "never", "any_significant", "all_significant"]),
    }
    make_significant(chance, spec, auto_shutdown)
    count = chance.below(5) if depth else 1 + chance.below(5)
    spec["children"] = [child(chance, depth, i, spec["auto_shutdown"]) for i in range(count)]
    return spec


def child(chance, depth, index, auto_shutdown):
    nested = depth < 2 and chance.one_in(4)
    spec = supervisor(chance, depth + 1, auto_shutdown) if nested else worker(chance, auto_shutdown)
    spec["id"] = "abcdefgh"[0 if index and chance.one_in(60) else index]
    return spec


def paths(spec, path):
    """All (path, spec) of the tree, the root first."""
    yield path, spec
    for each in spec.get("children", []):
        yield from paths(each, f"{path}.{each['id']}")


class Scenario:
    def __init__(self, seed):
        self.chance = Chance(seed)
        self.root = supervisor(self.chance, 0)
        self.root["id"] = "r"
        self.known = list(paths(self.root, "r"))
        self.fails_at_first = []
        if self.chance.one_in(8):
            self.fails_at_first = [self.failure()]
        self.operations = [self.operation() for _ in range(4 + self.chance.below(14))]
        self.end = self.chance.of(["stop", "shutdown", "kill"])
        self.seed = seed

    def data(self):
        return {
            "seed": self.seed,
            "root": self.root,
            "fails": self.fails_at_first,
            "operations": self.operations,
            "end": self.end,
        }

    def pick(self, kind=None):
        found = [path for path, spec in self.known if kind in (None, spec["kind"])]
        return self.chance.of(found) if found else "r"

    def pick_child(self):
        """The path of a supervisor, and the id of one of its children, or once in a while of none."""
        found = [path for path, _ in self.known if "." in path]
        if not found or self.chance.one_in(20):
            return self.pick("supervisor"), "nobody"
        return self.chance.of(found).rsplit(".", 1)

    def failure(self):
        answers = [self.chance.of(ANSWERS) for _ in range(1 + self.chance.below(4))]
        return {"op": "fail", "path": self.pick(), "answers": answers}

    def operation(self):
        kind = self.chance.below(22)
        if kind < 4:
            return {"op": "signal", "path": self.pick(), "reason": self.chance.of(SIGNALS)}
        if kind < 8:
            return {"op": "end", "path": self.pick("worker"), "reason": self.chance.of(REASONS)}
        if kind < 10:
            return {"op": "crash", "path": self.pick("worker")}
        if kind < 13:
            return self.failure()
        if kind < 15:
            return self.batch()
        return self.request(self.pick_child()[0])

    def request(self, path, only=None):
        kind = self.chance.of(
            ["start_child"] * 3 + ["terminate_child"] * 3 + ["restart_child"] * 3 + ["delete_child"] * 2
            + ["which_children", "count_children"]
        )
        if kind in ("which_children", "count_children"):
            return {"op": kind, "path": path}
        if kind == "start_child":
            return {"op": kind, "path": path, "child": self.new_child(path, only)}
        ids = [p.rsplit(".", 1)[1] for p, _ in self.known if p.rpartition(".")[0] == path]
        ident = only or (self.chance.of(ids) if ids and not self.chance.one_in(20) else "nobody")
        return {"op": kind, "path": path, "id": ident}

    def new_child(self, path, ident=None):
        above = dict(self.known).get(path, {})
        auto_shutdown = above.get("auto_shutdown", "never")
        spec = child(self.chance, 1 + path.count("."), self.chance.below(6), auto_shutdown)
        spec["id"] = ident or spec["id"]
        if above.get("kind") == "supervisor":
            self.known += paths(spec, f"{path}.{spec['id']}")
        return spec

    def batch(self):
        """A suspended supervisor learns of the end of a child, and gets requests behind it: with a
        start that fails, they find the child restarting."""
        path, ident = self.pick_child()
        failing = {"op": "fail", "path": f"{path}.{ident}", "answers": ["stop"] * self.chance.below(3)}
        requests = [self.request(path, ident if self.chance.one_in(2) else None) for _ in range(4)]
        return {"op": "batch", "path": path, "victim": f"{path}.{ident}", "failing": failing,
                "requests": requests[: 1 + self.chance.below(4)]}


def to_lua(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, list):
        return "{" + ",".join(map(to_lua, value)) + "}"
    names = {"end": "end_"}
    return "{" + ",".join(f"{names.get(k, k)}={to_lua(v)}" for k, v in value.items()) + "}"


def to_erlang(value, key=""):
    """Words are atoms and lists of words and numbers tuples, but for paths and real lists."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f'<<"{value}">>' if key in ("path", "victim") else f"'{value}'"
    if isinstance(value, list):
        left, right = ("{", "}") if key == "reason" else ("[", "]")
        return left + ",".join(to_erlang(each) for each in value) + right
    return "#{" + ",".join(f"'{each}'=>{to_erlang(value[each], each)}" for each in value) + "}"


def lua_file(scenarios):
    return "return {\n" + "".join(f"{to_lua(each)},\n" for each in scenarios) + "}\n"


def erlang_file(scenarios):
    return "".join(f"{to_erlang(each)}.\n" for each in scenarios)
