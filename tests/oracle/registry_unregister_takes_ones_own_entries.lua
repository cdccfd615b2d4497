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

local pid = other(function() return Registry.register("R", "key", "theirs") end)
Registry.register("R", "key", 1)
Registry.register("R", "key", 2)
Registry.register("R", "other", 3)
oracle.show_result("unregister", Registry.unregister("R", "key"))
oracle.show_result("again", Registry.unregister("R", "key"))
oracle.show("lookup", Registry.lookup("R", "key"))
oracle.show("keys", Registry.keys("R", self()))
finish(pid)
