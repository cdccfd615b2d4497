local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Late = GenServer.module "Late"
function Late.init() return "ok", nil end

Late.handle_call["after"] = function(state, from, ms)
  Process.sleep(ms)
  GenServer.reply(from, "late")
  return "noreply", nil
end

function Late.handle_call.sync(state, from) return "reply", "in_sync", nil end

local late = GenServer.start_link(Late, nil)
oracle.show_reason("call", oracle.caught(function() return GenServer.call(late, { "after", 60 }, 20) end))
oracle.show("call", GenServer.call(late, "sync"))
oracle.show_mailbox("mailbox")
