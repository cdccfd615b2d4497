-- What ETS says of wrong arguments, and what Elixir has no say in.
print(pcall(ETS.lookup, "nope", 1))
-- expect: false	errors were found at the given arguments:
-- expect: 
-- expect:   * 1st argument: the table identifier does not refer to an existing ETS table
-- expect: 
-- expect:     ETS.lookup("nope", 1)
print((select(2, pcall(ETS.update_counter, "t")):match("^[^\n]*")))
-- expect: bad argument #2 to 'ETS.update_counter' (key: a value expected, got nothing)
print(pcall(ETS.foldl, 1, 2, 3)) -- expect: false	bad argument #1 to 'ETS.foldl' (fun: a function expected, got 1)
local t = ETS.new("t")
print((select(2, pcall(ETS.insert, t, { "a", coroutine.create(print) })))) -- expect: object[2]: a coroutine cannot be sent to another process
print(pcall(ETS.insert, t, { { "a", 1 }, { "b", coroutine.create(print) } }))
-- expect: false	object[2]: a coroutine cannot be sent to another process
print(inspect(ETS.tab2list(t))) -- expect: {}

-- A value that is looked up is a copy.
ETS.insert(t, { "list", { 1, 2 } })
ETS.lookup(t, "list")[1][2][1] = "changed"
print(inspect(ETS.lookup_element(t, "list", 2))) -- expect: { 1, 2 }

-- Functions and structs keep what they are.
local twice = 2
local Point = struct("Point", { x = 0 })
ETS.insert(t, { { "fn", function(n) return n * twice end }, { "point", Point { x = 5 } } })
print(ETS.lookup_element(t, "fn", 2)(21), ETS.lookup_element(t, "point", 2)) -- expect: 42	Point{ x = 5 }

-- The table may change while it is gone through; a function may wait meanwhile.
local b = ETS.new("b", { "ordered_set" })
for i = 1, 4 do ETS.insert(b, { i, i }) end
print(ETS.foldl(function(object, sum)
  ETS.delete(b, object[1] + 1)
  Process.sleep(1)
  return sum + object[2]
end, 0, b), inspect(ETS.tab2list(b)))
-- expect: 4	{ { 1, 1 }, { 3, 3 } }

-- Hash tables go in the order in which their keys came.
local s = ETS.new("s")
for _, key in ipairs { "z", 3, "a", 1.5, true } do ETS.insert(s, { key }) end
ETS.delete(s, "a")
ETS.insert(s, { "z", "again" })
print(inspect(ETS.tab2list(s))) -- expect: { { "z", "again" }, { 3 }, { 1.5 }, { true } }
