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

local pid = other(function() return Registry.register("R", "key", 1) end)
oracle.show("held", Registry.lookup("R", "key"))
local ref = Process.monitor(pid)
Process.exit(pid, "kill")
oracle.show("down", oracle.down(ref))
oracle.show("gone", Registry.lookup("R", "key"))
oracle.show("whereis", Registry.whereis_name({ "R", "key" }) == nil)
Registry.register("R", "key", 2)
oracle.settle()
oracle.show("mine", Registry.lookup("R", "key"))
oracle.show("count", Registry.count("R"))
