local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
local pids = {}
for i = 1, 5 do pids[i] = spawn(function() Process.sleep("infinity") end) end
local function place(list, pid)
  for i, one in ipairs(list) do
    if one == pid then return i end
  end
end
local function places()
  local list, found = Process.list(), {}
  for i, pid in ipairs(pids) do found[i] = place(list, pid) or false end
  return found
end
local before = places()
oracle.show("in the order of their start", equal(before, Enum.sort(before)))
oracle.show("main is before them", place(Process.list(), self()) < before[1])
Process.exit(pids[3], "kill")
oracle.settle()
oracle.show("the dead are not there", Enum.map(places(), function(at) return at ~= false end))
