-- CRDTs are plain values: operations leave their argument alone, and they travel in messages.
local function complaint(...) return (select(2, pcall(...)):gsub("^[^\n]-:%d+: ", "")) end
local zero = CRDT.gcounter()
local one = zero:increment("a")
print(zero:value(), one:value(), CRDT.value(CRDT.increment(one, "b", 4))) -- expect: 0	1	5
print(one) -- expect: CRDT.gcounter{ counts = { a = 1 } }
print(CRDT.pncounter():increment("a", 3):decrement("a", 5):value()) -- expect: -2

-- Add wins over a removal that did not know of it; a removal wins over what it knew of.
local start = CRDT.orset():add("a", "milk")
local removed = start:remove("milk")
print(inspect(start:merge(removed):value())) -- expect: {}
print(inspect(start:add("b", "milk"):merge(removed):value())) -- expect: { "milk" }
print(inspect(removed:merge(start:add("a", "milk")):value())) -- expect: { "milk" }
print(start:member("milk"), removed:member("milk")) -- expect: true	false

-- Increments of different nodes at the same time are all counted, as messages bring them.
local me = self()
for _, actor in ipairs { "x", "y", "z" } do
  spawn(function()
    local mine = CRDT.pncounter()
    for _ = 1, 10 do mine = mine:increment(actor):decrement(actor, 0) end
    send(me, mine)
  end)
end
local all = CRDT.pncounter()
for _ = 1, 3 do all = all:merge(receive()) end
print(all:value()) -- expect: 30

print(complaint(CRDT.merge, 1, 2)) -- expect: bad argument #1 to 'CRDT.merge' (crdt: a CRDT that has merge expected, got 1)
print(complaint(CRDT.merge, zero, CRDT.orset())) -- expect: bad argument #2 to 'CRDT.merge' (other: a gcounter, like the first, expected, got CRDT.orset{ entries = {}, seen = {} })
print(complaint(CRDT.increment, zero, {})) -- expect: bad argument #2 to 'CRDT.increment' (actor: a string, an integer or a pid expected, got {})
print(complaint(CRDT.increment, zero, "a", -1)) -- expect: bad argument #3 to 'CRDT.increment' (n: a natural number expected, got -1)
print(complaint(CRDT.decrement, zero, "a")) -- expect: bad argument #1 to 'CRDT.decrement' (crdt: a CRDT that has decrement expected, got CRDT.gcounter{ counts = {} })
print(complaint(CRDT.add, CRDT.orset(), "a", {})) -- expect: bad argument #3 to 'CRDT.add' (value: a string, a number, a boolean or a pid expected, got {})
