local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
for i = 1, 6 do ETS.insert(t, { i, i * i }) end
local all = { { { "$1", "_" }, {}, { "$1" } } }
for _, limit in ipairs { 2, 4, 6, 7 } do
  local chunk, more = ETS.select(t, all, limit)
  oracle.show("first " .. limit, chunk)
  oracle.show("at the end " .. limit, more == "$end_of_table")
  oracle.show("again " .. limit, (ETS.select(more)))
end
oracle.show("nothing", ETS.select(t, { { { "x", "_" }, {}, { 1 } } }, 2))
oracle.show("no key", ETS.select(t, { { { "$1", 7 }, {}, { 1 } } }, 2))
local one, more = ETS.select(t, { { { 3, "_" }, {}, { "$_" } } }, 1)
oracle.show("bound key", one)
oracle.show("more", more)
