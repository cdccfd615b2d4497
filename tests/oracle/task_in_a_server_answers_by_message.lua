local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Asking = GenServer.module "Asking"
function Asking.init(main) return "ok", { main = main } end

function Asking.handle_cast.run(state, fn)
  state.task = Task.Supervisor.async_nolink("tasks", fn)
  return "noreply", state
end

function Asking.handle_call.ping(state) return "reply", "pong", state end

Asking.handle_info["_"] = function(state, message)
  local ref = state.task.ref
  if message[1] == ref then
    Process.demonitor(ref, { "flush" })
    send(state.main, { "result", message[2] })
  elseif message[1] == "DOWN" and message[2] == ref then
    send(state.main, { "failed", message[5] })
  end
  state.task = nil
  return "noreply", state
end

Task.Supervisor.start_link { name = "tasks" }
local server = GenServer.start_link(Asking, self())
GenServer.cast(server, { "run", function()
  Process.sleep(30)
  return 42
end })
oracle.show("ping", GenServer.call(server, "ping"))
oracle.show_messages("message", 1)
GenServer.cast(server, { "run", function() exit("bad") end })
oracle.show_messages("message", 1)
GenServer.cast(server, { "run", function() Process.sleep("infinity") end })
oracle.show("ping", GenServer.call(server, "ping"))
Process.exit(Task.Supervisor.children("tasks")[1], "kill")
oracle.show_messages("message", 1)
oracle.show("ping", GenServer.call(server, "ping"))
oracle.show_mailbox("mailbox")
