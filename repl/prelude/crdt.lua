-- CRDT: values of which every node changes its own copy; merged in any order, and as often as one
-- likes, all copies come to the same (Shapiro et al. 2011, state-based).
local help, check = ...

CRDT = {}

local function actor_checked(what, actor)
  check(what, 2, "actor", actor, "a string, an integer or a pid",
    type(actor) == "string" or math.type(actor) == "integer" or is_pid(actor))
end

local function amount_checked(what, n)
  n = n == nil and 1 or n
  check(what, 3, "n", n, "a natural number", math.type(n) == "integer" and n >= 0)
  return n
end

-- A type of value: its fields, and its functions as methods.
local function new_type(name, fields)
  local make = struct(name, fields)
  local class = getmetatable(make())
  class.__index = {}
  return make, class, class.__index
end

local function checked(what, number, value, class, wanted)
  check(what, number, number == 1 and "crdt" or "other", value, wanted,
    type(value) == "table" and getmetatable(value) == class)
  return value
end

local function copy(map)
  local result = {}
  for key, value in pairs(map) do result[key] = value end
  return result
end

local function merge_counts(a, b)
  local counts = copy(a)
  for actor, count in pairs(b) do
    if count > (counts[actor] or 0) then counts[actor] = count end
  end
  return counts
end

local function added(counts, actor, n)
  local result = copy(counts)
  if n > 0 then result[actor] = (result[actor] or 0) + n end
  return result
end

local function sum(counts)
  local total = 0
  for _, count in pairs(counts) do total = total + count end
  return total
end

help("CRDT", [[
CRDT

Values that several nodes change at the same time, each its own copy, and that agree once the copies
are merged: in any order, any number of times. Plain values: functions and methods return new ones.

    a = CRDT.gcounter():increment("a")
    b = CRDT.gcounter():increment("b", 2)
    a:merge(b):value()   --> 3]])

---------------------------------------------------------------------------------------- gcounter

local gcounter, gcounter_class, G = new_type("CRDT.gcounter", { counts = {} })

help("CRDT.gcounter", [[
gcounter()

A counter that only grows. Each actor counts for itself; the value is the sum.
Methods: increment(actor [, n = 1]), value(), merge(other).

    CRDT.gcounter():increment("a"):increment("a", 4):value()   --> 5]])
function CRDT.gcounter() return gcounter() end

function G.increment(counter, actor, n)
  checked("CRDT.increment", 1, counter, gcounter_class, "a gcounter")
  actor_checked("CRDT.increment", actor)
  return gcounter { counts = added(counter.counts, actor, amount_checked("CRDT.increment", n)) }
end

function G.value(counter) return sum(counter.counts) end

function G.merge(a, b)
  checked("CRDT.merge", 2, b, gcounter_class, "a gcounter, like the first,")
  return gcounter { counts = merge_counts(a.counts, b.counts) }
end

--------------------------------------------------------------------------------------- pncounter

local pncounter, pncounter_class, PN = new_type("CRDT.pncounter", { up = {}, down = {} })

help("CRDT.pncounter", [[
pncounter()

A counter that goes both ways: two that grow, one for each direction.
Methods: increment(actor [, n = 1]), decrement(actor [, n = 1]), value(), merge(other).

    CRDT.pncounter():increment("a", 5):decrement("b", 2):value()   --> 3]])
function CRDT.pncounter() return pncounter() end

function PN.increment(counter, actor, n)
  checked("CRDT.increment", 1, counter, pncounter_class, "a pncounter")
  actor_checked("CRDT.increment", actor)
  n = amount_checked("CRDT.increment", n)
  return pncounter { up = added(counter.up, actor, n), down = copy(counter.down) }
end

function PN.decrement(counter, actor, n)
  checked("CRDT.decrement", 1, counter, pncounter_class, "a pncounter")
  actor_checked("CRDT.decrement", actor)
  n = amount_checked("CRDT.decrement", n)
  return pncounter { up = copy(counter.up), down = added(counter.down, actor, n) }
end

function PN.value(counter) return sum(counter.up) - sum(counter.down) end

function PN.merge(a, b)
  checked("CRDT.merge", 2, b, pncounter_class, "a pncounter, like the first,")
  return pncounter { up = merge_counts(a.up, b.up), down = merge_counts(a.down, b.down) }
end

------------------------------------------------------------------------------------------- orset

-- entries: value -> actor -> the number of its newest addition that is still there.
-- seen: actor -> how many additions of its are known. A copy that knows of an addition, but does
-- not have it, has seen it removed.
local orset, orset_class, OR = new_type("CRDT.orset", { entries = {}, seen = {} })

help("CRDT.orset", [[
orset()

A set from which an addition that the remover did not know of is not removed: add wins.
Methods: add(actor, value), remove(value), member(value), value() (sorted), merge(other).
The values are strings, numbers, booleans or pids.

    a = CRDT.orset():add("a", "milk")
    b = CRDT.orset():merge(a):remove("milk")
    a:add("a", "milk"):merge(b):value()   --> { "milk" }
    a:merge(b):value()   --> {}]])
function CRDT.orset() return orset() end

local function copy_entries(entries)
  local result = {}
  for value, tags in pairs(entries) do result[value] = copy(tags) end
  return result
end

local function element_checked(what, number, value)
  local kind = type(value)
  check(what, number, "value", value, "a string, a number, a boolean or a pid",
    kind == "string" or kind == "boolean" or (kind == "number" and value == value)
    or is_pid(value))
end

function OR.add(set, actor, value)
  checked("CRDT.add", 1, set, orset_class, "an orset")
  actor_checked("CRDT.add", actor)
  element_checked("CRDT.add", 3, value)
  local entries, seen = copy_entries(set.entries), copy(set.seen)
  seen[actor] = (seen[actor] or 0) + 1
  entries[value] = { [actor] = seen[actor] }
  return orset { entries = entries, seen = seen }
end

function OR.remove(set, value)
  checked("CRDT.remove", 1, set, orset_class, "an orset")
  element_checked("CRDT.remove", 2, value)
  local entries = copy_entries(set.entries)
  entries[value] = nil
  return orset { entries = entries, seen = copy(set.seen) }
end

function OR.member(set, value)
  checked("CRDT.member", 1, set, orset_class, "an orset")
  element_checked("CRDT.member", 2, value)
  return set.entries[value] ~= nil
end

function OR.value(set)
  local values = {}
  for value in pairs(set.entries) do values[#values + 1] = value end
  return Enum.sort(values)
end

-- The tags of mine that the other has too, or has never seen.
local function keep_tags(kept, mine, theirs, seen_by_them)
  for actor, count in pairs(mine) do
    local known = count <= (seen_by_them[actor] or 0)
    if (not known or theirs[actor] == count) and count > (kept[actor] or 0) then
      kept[actor] = count
    end
  end
  return kept
end

function OR.merge(a, b)
  checked("CRDT.merge", 2, b, orset_class, "an orset, like the first,")
  local entries = {}
  local function merge_value(value)
    local mine, theirs = a.entries[value] or {}, b.entries[value] or {}
    local kept = keep_tags({}, mine, theirs, b.seen)
    keep_tags(kept, theirs, mine, a.seen)
    entries[value] = next(kept) ~= nil and kept or nil
  end
  for value in pairs(a.entries) do merge_value(value) end
  for value in pairs(b.entries) do merge_value(value) end
  return orset { entries = entries, seen = merge_counts(a.seen, b.seen) }
end

--------------------------------------------------------------------------- functions for all types

local methods = { [gcounter_class] = G, [pncounter_class] = PN, [orset_class] = OR }

local function call(name, crdt, ...)
  local type_methods = type(crdt) == "table" and methods[getmetatable(crdt)]
  local fn = type_methods and type_methods[name]
  check("CRDT." .. name, 1, "crdt", crdt, "a CRDT that has " .. name, fn)
  return fn(crdt, ...)
end

help("CRDT.merge", [[
merge(crdt, other)

One value of two copies: whatever happened to either has happened to it.

    a, b = CRDT.gcounter():increment("a"), CRDT.gcounter():increment("b")
    CRDT.merge(a, b):value()   --> 2]])
function CRDT.merge(a, b) return call("merge", a, b) end

help("CRDT.value", [[
value(crdt)

What it stands for: a counter's number, a set's sorted values.

    CRDT.value(CRDT.orset():add("a", 2):add("a", 1))   --> { 1, 2 }]])
function CRDT.value(crdt) return call("value", crdt) end

help("CRDT.increment", [[
increment(crdt, actor [, n = 1])

The counter with n more, counted by the actor: the node or process that keeps this copy.

    CRDT.value(CRDT.increment(CRDT.gcounter(), "a", 3))   --> 3]])
function CRDT.increment(counter, actor, n) return call("increment", counter, actor, n) end

help("CRDT.decrement", [[
decrement(crdt, actor [, n = 1])

The pncounter with n less, counted by the actor.

    CRDT.value(CRDT.decrement(CRDT.pncounter(), "a", 3))   --> -3]])
function CRDT.decrement(counter, actor, n) return call("decrement", counter, actor, n) end

help("CRDT.add", [[
add(crdt, actor, value)

The orset with that value, added by the actor: the node or process that keeps this copy.

    CRDT.value(CRDT.add(CRDT.orset(), "a", "milk"))   --> { "milk" }]])
function CRDT.add(set, actor, value) return call("add", set, actor, value) end

help("CRDT.remove", [[
remove(crdt, value)

The orset without that value. Additions that this copy has not heard of are not undone.

    CRDT.value(CRDT.remove(CRDT.orset():add("a", "milk"), "milk"))   --> {}]])
function CRDT.remove(set, value) return call("remove", set, value) end

help("CRDT.member", [[
member(crdt, value)

Whether the value is in the orset.

    CRDT.member(CRDT.orset():add("a", "milk"), "milk")   --> true]])
function CRDT.member(set, value) return call("member", set, value) end
