"""State machines by seed: what they answer to which event in which state, and what is done to them,
as plain data that both drivers read. In it a word is an atom, a tuple a tuple, a list a list.

Operations come every 500 ms; times are chosen so that timers seldom come near them or each other. Only Random.random() is used: it gives the same numbers with every version of
Python."""
import random

STATES = ["a", "b", "c"]
CONTENTS = ["e1", "e2", "e3", "e4"]
TIMED = ["t1", "t2", "t3"]
KINDS = ["timeout", "state_timeout", ("timeout", "x"), ("timeout", "y")]
TIMES = {"timeout": 211, "state_timeout": 203, ("timeout", "x"): 222, ("timeout", "y"): 237}
MODULES = ["A", "B", "C", "D"]
CLOSE = "    (close)"  # printed by driver.lua
REASONS = ["normal", "shutdown", ("shutdown", "why"), "odd"]


class Scenario:
    def __init__(self, seed):
        self.seed = seed
        self.random = random.Random(seed).random

    def below(self, count):
        return int(self.random() * count)

    def of(self, choices):
        return choices[self.below(len(choices))]

    def one_in(self, count):
        return self.below(count) == 0

    def data(self):
        rules = {state: {content: self.answer() for content in CONTENTS + TIMED if not self.one_in(5)}
                 for state in STATES}
        enters = {state: self.answer(entering=True) for state in STATES if self.one_in(2)}
        return {
            "seed": self.seed,
            "module": self.of(MODULES),
            "log": self.one_in(3),
            "actions": self.actions(False, 2),
            "rules": rules,
            "enters": enters,
            "operations": [self.operation() for _ in range(6 + self.below(5))],
            "finish": self.of(REASONS),
        }

    def answer(self, entering=False):
        kind = self.below(60)
        if kind == 0:
            return {"form": "stop", "reason": self.of(REASONS), "data": self.below(50)}
        if kind == 1:
            return {"form": self.of(["bare_stop", "stop_keeping"]), "reason": self.of(REASONS)}
        if kind == 2:
            return {"form": "stop_and_reply", "reason": self.of(REASONS), "data": self.below(50),
                    "replies": self.of([[], [("reply", "from", "bye")], ["oops"], ("reply", "from", "bye")])}
        if kind == 3:
            return {"form": self.of(["raise", "exit", "nonsense"])}
        forms = ["keep_state", "keep_state_and_data"] * 2 + ["next_state"] * (1 if entering and self.one_in(8) else
                                                                          0 if entering else 5)
        if self.one_in(6 if entering else 2):
            forms += ["repeat_state", "repeat_state_and_data"]
        return {"form": self.of(forms), "state": self.of(STATES), "data": self.below(50),
                "actions": self.actions(entering, 4)}

    def actions(self, entering, most):
        if self.one_in(12):
            return self.action(entering)
        return [self.action(entering) for _ in range(self.below(most))]

    def action(self, entering):
        kind = self.below(40)
        if entering and kind < 14 and not self.one_in(30):
            kind += 14
        if kind < 4:
            return self.of(["postpone", ("postpone", True), "postpone", ("postpone", False)])
        if kind < 11:
            return ("next_event", self.of(["internal", "cast", "info", ("call", "from"), "timeout",
                                           ("timeout", "x")]), self.of(CONTENTS))
        if kind < 14:
            return self.of([("push_callback_module", self.of(MODULES)), ("change_callback_module", self.of(MODULES)),
                            "pop_callback_module" if self.one_in(3) else ("push_callback_module", self.of(MODULES))])
        if kind < 18:
            return ("reply", "from", self.of(["r1", "r2"]))
        if kind == 18:
            return self.of(["hibernate", ("hibernate", True), ("hibernate", False)])
        if kind == 19:
            return self.of([("oops", 1), ("next_event", "odd", "e1"), ("state_timeout", -1, "t1"), ("reply", "nobody", 1),
                            ("hibernate", 7)]) if self.one_in(4) else "infinity"
        if kind == 20:
            return TIMES["timeout"]
        return self.timeout()

    def timeout(self):
        kind = self.of(KINDS)
        time = TIMES[kind] + 500 * self.of([0, 0, 0, 1, 2])
        return self.of([(kind, time, self.of(TIMED))] * 4 + [(kind, 0, self.of(TIMED))] * 2 + [
            (kind, "update", self.of(TIMED)), (kind, "cancel"), (kind, "infinity", "never"),
            (kind, time, self.of(TIMED), [("abs", False)])])

    def operation(self):
        kind = self.below(12)
        if kind < 4:
            return ("cast", [self.of(CONTENTS) for _ in range(1 + self.below(3))])
        if kind < 7:
            return ("call", [self.of(CONTENTS)])
        if kind < 8:
            return ("info", [self.of(CONTENTS)])
        if kind < 9:
            return ("suspended", [self.of(CONTENTS) for _ in range(self.below(3))])
        if kind < 10:
            return ("replace", [self.of(STATES)])
        return ("wait", [])


def comparable(elixir, moonbeam):
    """In OTP 25 a timeout of 0 that still waits and is set again to a later time comes as
    { "timeout", ref, type } of type info; here as the timeout it is. What follows is another story.
    So is what follows from timers that a real clock might not tell apart, or from an operation."""
    at = next((i for i, line in enumerate(elixir) if ": info stale " in line), len(elixir))
    close = next((i for i, line in enumerate(moonbeam) if line == CLOSE), len(moonbeam))
    while close < len(moonbeam) and moonbeam[close][2:3] == " ":
        close -= 1
    at = min(at, close) if close < len(moonbeam) or at < len(elixir) else None
    return elixir[:at], [line for line in moonbeam[:at] if line != CLOSE]


def to_lua(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, str)):
        return f'"{value}"' if isinstance(value, str) else str(value)
    if isinstance(value, (list, tuple)):
        return "{" + ",".join(map(to_lua, value)) + "}"
    return "{" + ",".join(f"{key}={to_lua(each)}" for key, each in value.items()) + "}"


def to_erlang(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, str)):
        return f"'{value}'" if isinstance(value, str) else str(value)
    if isinstance(value, (list, tuple)):
        left, right = "[]" if isinstance(value, list) else "{}"
        return left + ",".join(map(to_erlang, value)) + right
    return "#{" + ",".join(f"'{key}'=>{to_erlang(each)}" for key, each in value.items()) + "}"


def lua_file(scenarios):
    return "return {\n" + "".join(f"{to_lua(each)},\n" for each in scenarios) + "}\n"


def erlang_file(scenarios):
    return "".join(f"{to_erlang(each)}.\n" for each in scenarios)
