local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "duplicate", name = "R" }
for _, value in ipairs { { "atom", 1 }, { "atom", 2 }, { "pair", 2 }, 7, { a = 1, b = 2 } } do
  Registry.register("R", "key", value)
end
local function match(label, pattern, guards)
  local found = Registry.match("R", "key", pattern, guards)
  for i = 1, #found do found[i] = found[i][2] end
  oracle.show(label, found)
end
match("all", _, {})
match("head", { "atom", "_" }, {})
match("bound", { "_", "$1" }, { { ">", "$1", 1 } })
match("twice", { "$1", "$1" }, {})
match("exact", 7)
match("map", { a = "_" })
match("guards", { "$1", "$2" }, { { "==", "$1", "atom" }, { "<", "$2", 2 } })
match("integer", "$1", { { "is_integer", "$1" } })
oracle.show("count", Registry.count_match("R", "key", { "_", 2 }))
oracle.show("count with guard", Registry.count_match("R", "key", { "_", "$1" },
  { { "or", { "==", "$1", 1 }, { "==", "$1", 9 } } }))
oracle.show("other key", Registry.match("R", "none", "_"))
