local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "unique", name = "R" }
for n = 1, 4 do Registry.register("R", { "key", n }, n * 10) end
local function less(a, b) return inspect(a) < inspect(b) end
local function select(label, spec)
  local found = Registry.select("R", spec)
  table.sort(found, less)
  oracle.show(label, found)
end
select("keys", { { { "$1", "_", "_" }, {}, { "$1" } } })
select("tuples", { { { { "key", "$1" }, "$2", "$3" }, {}, { { { "$1", "$3" } } } } })
select("guard", { { { "_", "_", "$1" }, { { ">", "$1", 10 }, { "=<", "$1", 30 } }, { "$1" } } })
select("own", { { { "$1", self(), "_" }, {}, { "$1" } } })
select("arithmetic", { { { { "_", "$1" }, "_", "$2" }, {}, { { "+", "$1", "$2" } } } })
select("variables", { { { { "_", "$1" }, "_", "$2" }, { { "=:=", "$1", 2 } }, { "$$" } } })
select("constant", { { { "_", "_", 40 }, {}, { { "const", { "a", 1 } } } } })
select("two clauses", { { { "_", "_", 10 }, {}, { "first" } }, { { "_", "_", 20 }, {}, { "second" } } })
select("last of several", { { { "_", "_", 10 }, {}, { "first", "second" } } })
oracle.show("count", Registry.count_select("R", { { { "_", "_", "$1" }, { { ">", "$1", 10 } }, { true } } }))
