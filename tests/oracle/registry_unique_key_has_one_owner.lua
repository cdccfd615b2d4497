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

Registry.register("R", "key", "mine")
oracle.show_result("again", Registry.register("R", "key", "again"))
local _, none, reason = other(function() return Registry.register("R", "key", "theirs") end)
oracle.show_result("another", none, reason)
oracle.show("lookup", Registry.lookup("R", "key"))
