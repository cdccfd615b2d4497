local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t", { "ordered_set" })
for i = 1, 4 do ETS.insert(t, { i, i }) end
oracle.show("count", ETS.select_replace(t,
  { { { "$1", "$2" }, { { ">", "$1", 2 } }, { { { "$1", { "*", "$2", 10 } } } } } }))
oracle.show("objects", ETS.tab2list(t))
oracle.show("itself", ETS.select_replace(t, { { { 1, "_" }, {}, { "$_" } } }))
oracle.show("constant key", ETS.select_replace(t, { { { 1, "_" }, {}, { { { 1, "one" } } } } }))
oracle.show("element", ETS.select_replace(t,
  { { { "_", 2 }, {}, { { { { "element", 1, "$_" }, "two", "more" } } } } }))
oracle.show("objects", ETS.tab2list(t))
oracle.show("another key", complaint(function()
  ETS.select_replace(t, { { { "$1", "$2" }, {}, { { { "$2", 1 } } } } })
end))
oracle.show("no object", complaint(function()
  ETS.select_replace(t, { { { "$1", "$2" }, {}, { true } } })
end))
local b = ETS.new("b", { "bag" })
oracle.show("bag", complaint(function()
  ETS.select_replace(b, { { { "$1", "$2" }, {}, { "$_" } } })
end))
local d = ETS.new("d", { "duplicate_bag" })
ETS.insert(d, { { 1, 1 }, { 1, 1 }, { 1, 2 } })
oracle.show("duplicate_bag", ETS.select_replace(d, { { { "$1", 1 }, {}, { { { "$1", 3 } } } } }))
oracle.show("objects", ETS.lookup(d, 1))
