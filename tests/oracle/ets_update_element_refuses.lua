local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t", {})
ETS.insert(t, { 1, 2 })
local function try_it(key, what)
  local result = oracle.caught(function() return ETS.update_element(t, key, what) end)
  if type(result) ~= "table" then return result end
  return (result[2]:gsub("\n\n    ETS%..*", ""))
end
oracle.show("zero", try_it(1, { 0, 0 }))
oracle.show("negative", try_it(1, { -1, 0 }))
oracle.show("beyond", try_it(1, { 3, 0 }))
oracle.show("key", try_it(1, { 1, 0 }))
oracle.show("word", try_it(1, { "x", 0 }))
oracle.show("list", try_it(1, { { 2, 1 }, { 3, 1 } }))
oracle.show("unchanged", ETS.lookup(t, 1))
oracle.show("no key", try_it(9, { 0, 0 }))
local b = ETS.new("b", { "bag" })
ETS.insert(b, { 1, 1 })
oracle.show("bag", complaint(function() ETS.update_element(b, 1, { 2, 1 }) end))
