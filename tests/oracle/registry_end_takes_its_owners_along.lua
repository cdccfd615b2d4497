local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "unique", name = "R" }
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

oracle.trap_exit()
local pid = other(function() return Registry.register("R", "key", 1) end)
local freed = other(function()
  Registry.register("R", "other", 1)
  return Registry.unregister("R", "other")
end)
local ref = Process.monitor(pid)
Process.exit(Process.whereis("R"), "kill")
oracle.show("owner", oracle.down(ref))
oracle.show("unregistered", Process.alive(freed))
oracle.show("lookup", oracle.caught(function() return Registry.lookup("R", "key") end))
