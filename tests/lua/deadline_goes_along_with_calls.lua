-- args: --virtual
Stock = GenServer.module "Stock"
function Stock.init(own)
  if own then Deadline.set(own) end
  return "ok", 0
end
function Stock.handle_call.left(state)
  Process.sleep(10)
  return "reply", Deadline.remaining(), state
end
function Stock.handle_call.later(state, from)
  send(self(), { "answer", from })
  return "noreply", state
end
function Stock.handle_info.answer(state, from)
  GenServer.reply(from, Deadline.remaining())
  return "noreply", state
end
function Stock.handle_call.shorten(state)
  Deadline.set(1)
  return "reply", Deadline.remaining(), state
end
function Stock.handle_call.cancel(state)
  Deadline.cancel()
  return "reply", Deadline.remaining(), state
end
function Stock.handle_call.ask(state, from, other)
  return "reply", GenServer.call(other, "left"), state, { "continue", from }
end
function Stock.handle_continue(from, state)
  return "noreply", state
end
function Stock.handle_call.note(state) return "reply", state, Deadline.remaining() end
function Stock.handle_call.fail(state) exit("reason") end
function Stock.terminate() print("terminate", Deadline.remaining()) end

local stock = GenServer.start(Stock)
local shop = GenServer.start(Stock)

print(GenServer.call(stock, "left"))
-- expect: infinity
Deadline.set(100)
print(GenServer.call(stock, "left"), Deadline.remaining())
-- expect: 90	90
print(inspect(Process.info(stock, "dictionary")))
-- expect: {}
-- Through a server to another, and through a task.
print(GenServer.call(shop, { "ask", stock }), Deadline.remaining())
-- expect: 80	80
print(Task.await(Task.async(function() return GenServer.call(shop, { "ask", stock }) end)))
-- expect: 70
print(Agent.get(Agent.start(function() return 1 end), function() return Deadline.remaining() end))
-- expect: 70
-- What the callback does with it ends with it.
print(GenServer.call(stock, "shorten"), GenServer.call(stock, "left"), GenServer.call(stock, "cancel"))
-- expect: 1	60	infinity
print(inspect(Process.info(stock, "dictionary")))
-- expect: {}
-- Only the call's own callback is under it.
print(GenServer.call(stock, "later"))
-- expect: infinity
-- A server's own deadline: the earlier one counts, and the own one comes back.
local early, late = GenServer.start(Stock, 20), GenServer.start(Stock, 5000)
print(GenServer.call(early, "left"), GenServer.call(late, "left"))
-- expect: 10	40
local task = Task.async(function()
  Deadline.cancel()
  return GenServer.call(late, "left")
end)
print(Task.await(task) > 4000)
-- expect: true
-- A caller that has given up: its call still says by when it was wanted.
Process.sleep(100)
print(Deadline.expired(), GenServer.call(stock, "left"))
-- expect: true	0
print(pcall(GenServer.call, stock, "left", 5))
-- expect: false	** (exit) exited in: GenServer.call(#PID<0.101.0>, "left", 5)
-- expect:     ** (EXIT) time out
GenServer.call(shop, "note")
print(sys.get_state(shop))
-- expect: 0
-- A machine's calls as well.
Switch = GenStateMachine.module "Switch"
Switch.callback_mode = "handle_event_function"
function Switch.init() return "ok", "off", 0 end
function Switch.handle_event(type, content, state, data)
  return "keep_state_and_data", { { "reply", type[2], Deadline.remaining() } }
end
local switch = GenStateMachine.start(Switch)
Deadline.cancel()
print(GenStateMachine.call(switch, "x"))
-- expect: infinity
Deadline.set(50)
print(GenStateMachine.call(switch, "x"))
-- expect: 50
-- A plain process sees no more of a call than before.
local plain = spawn(function()
  local from, request = receive { { { "$gen_call", _, _ }, function(from, request) return from, request end } }
  GenServer.reply(from, { request, Deadline.remaining() })
end)
print(inspect(GenServer.call(plain, "hello")))
-- expect: { "hello", "infinity" }
-- terminate follows the failed callback without it.
pcall(GenServer.call, stock, "fail")
-- expect: terminate	infinity
-- expect error: terminating
