local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Echo = GenServer.module "Echo"
function Echo.init(log) return "ok", log end

function Echo.handle_cast(n, log)
  log[#log + 1] = n
  return "noreply", log
end

function Echo.handle_call.log(log, from) return "reply", log, log end

local echo = GenServer.start_link(Echo, {})
oracle.show_result("suspend", sys.suspend(echo))
GenServer.cast(echo, 1)
GenServer.cast(echo, 2)
oracle.show_reason("call", oracle.caught(function() return GenServer.call(echo, "log", 30) end))
oracle.show("state", sys.get_state(echo))
oracle.show_result("resume", sys.resume(echo))
oracle.show("log", GenServer.call(echo, "log"))
oracle.show_mailbox("mailbox")
