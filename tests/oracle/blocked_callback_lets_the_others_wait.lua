local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Blocking = GenServer.module "Blocking"
function Blocking.init(log) return "ok", log end

local function note(log, entry)
  log[#log + 1] = entry
  return log
end

function Blocking.handle_cast.wait_for(log, tag)
  return receive { { tag, function() return "noreply", note(log, tag) end } }
end

function Blocking.handle_info(message, log) return "noreply", note(log, message) end
function Blocking.handle_call.log(log, from) return "reply", log, log end

local pid = GenServer.start_link(Blocking, {})
GenServer.cast(pid, { "wait_for", "key" })
send(pid, "early")
send(pid, "key")
oracle.show("log", GenServer.call(pid, "log"))
