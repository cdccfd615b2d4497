local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local ids, children = { "a", "b", "c" }, {}
for i, id in ipairs(ids) do children[i] = oracle.worker(id) end

local function pids()
  local found = {}
  for i, id in ipairs(ids) do found[i] = Process.whereis(id) end
  return found
end

Supervisor.start_link(children, { strategy = "one_for_one" })
oracle.show_messages("start", 3)
local before = pids()
GenServer.cast("b", { "stop", "boom" })
oracle.show_messages("message", 2)
local now = pids()
oracle.show("before", before)
oracle.show("now", now)
