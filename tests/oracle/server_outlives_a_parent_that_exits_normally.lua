local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local pid, ref = spawn_monitor(function()
  Worker.start_link { id = "server", main = main }
end)

oracle.show_messages("message", 1)
oracle.show_reason("parent", oracle.down(ref))
oracle.settle()
oracle.show("server", GenServer.call("server", "ping"))
