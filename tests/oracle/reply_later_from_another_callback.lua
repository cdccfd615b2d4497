local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Queue = GenServer.module "Queue"
function Queue.init() return "ok", nil end
function Queue.handle_call.take(waiting, from) return "noreply", from end

function Queue.handle_cast.put(from, item)
  return "noreply", GenServer.reply(from, item)
end

function Queue.handle_call.reply_gave(state, from) return "reply", state, state end

local queue = GenServer.start_link(Queue, nil)
local main = self()
spawn(function() send(main, { "taken", GenServer.call(queue, "take") }) end)
oracle.settle()
GenServer.cast(queue, { "put", "apple" })
oracle.show_messages("message", 1)
oracle.show("reply gave", GenServer.call(queue, "reply_gave"))
