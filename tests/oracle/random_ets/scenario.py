"""A random table and what is done to it, made from a seed: the same for the Erlang terms that
driver.exs reads and the Lua table that driver.lua reads. Strings stand for atoms."""
MASK = (1 << 64) - 1
TYPES = ["set", "ordered_set", "bag", "duplicate_bag"]
ATOMS = ["a", "b", "c"]
VARIABLES = ["$1", "$2", "$3"]
COMPARISONS = ["<", "=<", ">", ">=", "==", "/=", "=:=", "=/="]
TYPE_GUARDS = ["is_integer", "is_atom", "is_tuple", "is_number"]
ARITHMETIC = ["+", "-", "*", "div", "rem", "band", "bor", "bxor"]


class Chance:
    """Gives the same numbers whatever the version of Python."""

    def __init__(self, seed):
        self.state = seed * 0x9E3779B97F4A7C15 & MASK

    def below(self, limit):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        mixed = (self.state ^ self.state >> 30) * 0xBF58476D1CE4E5B9 & MASK
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB & MASK
        return (mixed ^ mixed >> 31) % limit

    def random(self):
        return self.below(1000) / 1000

    def randint(self, first, last):
        return first + self.below(last - first + 1)

    def choice(self, items):
        return items[self.below(len(items))]

    def weighted(self, choices):
        at = self.below(sum(weight for weight, _ in choices))
        for weight, item in choices:
            at -= weight
            if at < 0:
                return item


class Scenario:
    def __init__(self, seed):
        self.random = Chance(seed)
        self.seed = seed
        self.type = TYPES[seed % 4]
        self.keypos = self.random.choice([1, 1, 1, 2])
        self.operations = [self.operation() for _ in range(self.random.randint(20, 60))]

    def data(self):
        return [self.seed, self.type, self.keypos, self.operations]

    # ---- values

    def choose(self, *choices):
        return self.random.choice(choices)()

    def integer(self):
        return self.random.randint(-3, 8)

    def atom(self):
        return self.random.choice(ATOMS)

    def tuple(self):
        return tuple(self.choose(self.integer, self.atom) for _ in range(self.random.randint(1, 2)))

    def value(self):
        return self.choose(self.integer, self.integer, self.atom, self.tuple)

    def key(self):
        return self.choose(self.integer, self.integer, self.atom, self.tuple)

    def object(self):
        """At least one element is no tuple: Lua could take it for a list of objects."""
        while True:
            size = self.random.randint(self.keypos, 3)
            made = tuple(self.key() if i + 1 == self.keypos else self.value() for i in range(size))
            if not all(isinstance(element, tuple) for element in made):
                return made

    def objects(self):
        return [self.object() for _ in range(self.random.randint(1, 5))]

    # ---- match specifications

    def pattern_element(self, depth=0):
        choice = self.random.random()
        if choice < 0.3:
            return "_"
        if choice < 0.65:
            return self.random.choice(VARIABLES)
        if choice < 0.75 and depth == 0:
            return tuple(self.pattern_element(1) for _ in range(self.random.randint(1, 2)))
        return self.value()

    def pattern(self):
        if self.random.random() < 0.1:
            return self.random.choice(["_", "$1"])
        return tuple(self.pattern_element() for _ in range(self.random.randint(1, 3)))

    def operand(self, variables, depth):
        if variables and self.random.random() < 0.6:
            return self.random.choice(variables)
        choice = self.random.random()
        if choice < 0.25 and depth < 2:
            return (self.random.choice(ARITHMETIC), self.operand(variables, depth + 1), self.operand(variables, depth + 1))
        if choice < 0.35 and depth < 2:
            return ("element", self.random.randint(0, 3), self.random.choice(["$_"] + variables))
        if choice < 0.4:
            return (self.random.choice(["abs", "-", "bnot"]), self.operand(variables, depth + 1))
        value = self.value()
        return ("const", value) if isinstance(value, tuple) else value

    def condition(self, variables, depth=0):
        choice = self.random.random()
        if choice < 0.2 and depth < 2:
            name = self.random.choice(["and", "or", "andalso", "orelse", "xor"])
            return (name, self.condition(variables, depth + 1), self.condition(variables, depth + 1))
        if choice < 0.3 and depth < 2:
            return ("not", self.condition(variables, depth + 1))
        if choice < 0.5:
            return (self.random.choice(TYPE_GUARDS), self.operand(variables, depth))
        return (self.random.choice(COMPARISONS), self.operand(variables, depth), self.operand(variables, depth))

    def variables_of(self, pattern):
        if isinstance(pattern, tuple):
            found = [name for element in pattern for name in self.variables_of(element)]
            return sorted(set(found))
        return [pattern] if pattern in VARIABLES else []

    def guards(self, variables):
        return [self.condition(variables) for _ in range(self.random.choice([0, 0, 1, 1, 2]))]

    def result(self, variables):
        choice = self.random.random()
        if choice < 0.2:
            return "$_"
        if choice < 0.35:
            return "$$"
        if choice < 0.6:
            return (tuple(self.operand(variables, 1) for _ in range(self.random.randint(0, 3))),)
        return self.condition(variables) if choice < 0.7 else self.operand(variables, 0)

    def clause(self, result):
        head = self.pattern()
        variables = self.variables_of(head)
        return (head, self.guards(variables), [result(variables)])

    def specification(self, result=None):
        return [self.clause(result or self.result) for _ in range(self.random.choice([1, 1, 1, 2]))]

    def verdict(self, variables):
        return True if self.random.random() < 0.5 else self.condition(variables)

    def replacement(self):
        """Mostly one that keeps the key."""
        size = self.random.randint(self.keypos, 3)
        head = tuple(VARIABLES[i] for i in range(size))
        body = tuple(head[i] if i + 1 == self.keypos else self.operand(list(head), 1)
                     for i in range(self.random.randint(self.keypos, 3)))
        if self.random.random() < 0.1:
            body = tuple(reversed(body))
        return [(head, self.guards(list(head)), [self.random.choice(["$_", (body,), (body,)])])]

    # ---- operations

    def counting(self):
        position = self.random.choice([2, 2, 3, 1, 4])
        if self.random.random() < 0.6:
            return (position, self.integer())
        return (position, self.integer(), self.integer(), self.integer())

    def update_counter(self):
        operation = self.choose(self.integer, self.counting, lambda: [self.counting() for _ in range(self.random.randint(0, 3))])
        return [self.key(), operation] + ([self.object()] if self.random.random() < 0.4 else [])

    def update_element(self):
        one = (self.random.randint(0, 4), self.value())
        several = [(self.random.randint(1, 3), self.value()) for _ in range(self.random.randint(1, 2))]
        return [self.key(), self.random.choice([one, several])]

    def simple(self):
        return self.random.choice([
            lambda: ("insert", [self.object()]),
            lambda: ("insert", [self.objects()]),
            lambda: ("delete", [self.key()]),
        ])()

    def steps(self):
        between = [self.simple() for _ in range(self.random.randint(0, 3))] if self.type == "ordered_set" else []
        name = self.random.choice(["select", "select", "select_reverse", "match", "match_object"])
        what = self.specification() if name.startswith("select") else self.pattern()
        return (name, what, self.random.randint(1, 4), between)

    def operation(self):
        simple = ["tab2list", "walk", "fixed_walk", "fold", "size", "count"]
        choices = [
            (10, lambda: ("insert", [self.object()])),
            (5, lambda: ("insert", [self.objects()])),
            (3, lambda: ("insert_new", [self.object()])),
            (2, lambda: ("insert_new", [self.objects()])),
            (3, lambda: ("delete", [self.key()])),
            (2, lambda: ("delete_object", [self.object()])),
            (3, lambda: ("lookup", [self.key()])),
            (2, lambda: ("lookup_element", [self.key(), self.random.randint(0, 4)])),
            (2, lambda: ("member", [self.key()])),
            (2, lambda: ("take", [self.key()])),
            (4, lambda: ("update_counter", self.update_counter())),
            (3, lambda: ("update_element", self.update_element())),
            (4, lambda: ("match", [self.pattern()])),
            (3, lambda: ("match_object", [self.pattern()])),
            (1, lambda: ("match_delete", [self.pattern()])),
            (8, lambda: ("select", [self.specification()])),
            (2, lambda: ("select_reverse", [self.specification()])),
            (3, lambda: ("select_count", [self.specification(self.verdict)])),
            (1, lambda: ("select_delete", [self.specification(self.verdict)])),
            (3, lambda: ("select_replace", [self.replacement()])),
            (4, lambda: ("steps", list(self.steps()))),
            (3, lambda: (self.random.choice(simple), [])),
        ]
        if self.type == "ordered_set":
            choices += [
                (2, lambda: (self.random.choice(["next", "prev"]), [self.key()])),
                (1, lambda: (self.random.choice(["first", "last"]), [])),
                (1, lambda: ("slot", [self.random.randint(-1, 12)])),
            ]
        return self.random.weighted(choices)()


# ---- the two forms

def erlang(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, tuple):
        return "{" + ",".join(map(erlang, value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(erlang, value)) + "]"
    return str(value)


def lua(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, (tuple, list)):
        return "{" + ",".join(map(lua, value)) + "}"
    return str(value)


def erlang_file(scenarios):
    return "".join(erlang(each) + ".\n" for each in scenarios)


def lua_file(scenarios):
    return "return {\n" + "".join(lua(each) + ",\n" for each in scenarios) + "}\n"
