local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Eager = GenServer.module "Eager"
function Eager.init() return "ok", nil end

function Eager.handle_call.ask(state, from)
  GenServer.reply(from, "first")
  return "noreply", from
end

function Eager.handle_call.sync(asker, from) return "reply", "in_sync", asker end

function Eager.handle_cast.again(asker)
  GenServer.reply(asker, "second")
  return "noreply", asker
end

local eager = GenServer.start_link(Eager, nil)
oracle.show("reply", GenServer.call(eager, "ask"))
GenServer.cast(eager, "again")
oracle.show("reply", GenServer.call(eager, "sync"))
oracle.show_mailbox("mailbox")
