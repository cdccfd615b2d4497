local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "duplicate", name = "R" }
local function other(fn)
  local main = self()
  local pid = spawn(function()
    send(main, { self(), table.pack(fn()) })
    receive()
  end)
  return pid, table.unpack(receive { { { pid, _ }, function(results) return results end } })
end

local function finish(pid)
  local ref = Process.monitor(pid)
  send(pid, "stop")
  return oracle.down(ref)
end

Registry.register("R", "key", 1)
local pid = other(function() return Registry.register("R", "key", 2) end)
Registry.register("R", "key", 3)
oracle.show("lookup", Registry.lookup("R", "key"))
oracle.show("count", Registry.count("R"))
oracle.show("values", Registry.values("R", "key", self()))
oracle.show("theirs", Registry.values("R", "key", pid))
oracle.show("keys", Registry.keys("R", self()))
finish(pid)
oracle.settle()
oracle.show("left", Registry.lookup("R", "key"))
