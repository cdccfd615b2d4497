local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Last = GenServer.module "Last"

function Last.init(arg)
  Process.flag("trap_exit", true)
  return "ok", arg
end

function Last.handle_call.stop(state, from, reason) return "stop", reason, "bye", state end
function Last.handle_cast.stop(state, reason) return "stop", reason, state end

function Last.terminate(reason, state)
  local how, main = state[1], state[2]
  send(main, { "terminate", reason })
  if how == "raise" then error("boom") end
  if how == "exit" then exit("other") end
  if how == "normal" then exit("normal") end
  if how == "kill" then Process.exit(self(), "kill") end
  if how == "signal" then Process.exit(self(), "signal") end
end

for index, how in ipairs { "fine", "raise", "exit", "normal", "kill", "signal" } do
  local function start()
    local pid = GenServer.start(Last, { how, self() })
    return pid, Process.monitor(pid)
  end

  local pid, ref = start()
  GenServer.cast(pid, { "stop", "first" })
  oracle.show_reason(how .. " after a cast", oracle.down(ref))
  pid, ref = start()
  local reply = oracle.caught(function() return GenServer.call(pid, { "stop", "first" }) end)
  oracle.show("reply", reply == "bye" and "bye" or reply[1])
  oracle.show_reason(how .. " after a call", oracle.down(ref))
  pid, ref = start()
  local stopped = oracle.caught(function() return GenServer.stop(pid, "first") end)
  oracle.show("stopped", stopped == true)
  oracle.show_reason(how .. " after a stop", oracle.down(ref))
  oracle.show_mailbox("message")
end
