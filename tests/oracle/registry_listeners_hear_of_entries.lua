local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Process.register(self(), "listener")
Registry.start_link { keys = "duplicate", name = "R", listeners = { "listener" } }
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
Registry.register("R", "key", 2)
oracle.show_messages("message", 2)
Registry.unregister("R", "key")
Registry.unregister("R", "none")
oracle.show_messages("message", 2)
local pid = other(function() return Registry.register("R", { "a", 1 }, { b = 2 }) end)
oracle.show_messages("message", 1)
finish(pid)
oracle.settle()
oracle.show_mailbox("after a death")
