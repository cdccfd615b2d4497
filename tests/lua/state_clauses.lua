-- States of a machine whose events are told apart by clauses.
-- args: --virtual

Door = GenStateMachine.module("Door", { "locked", "open" })
Door.callback_mode = { "state_functions", "state_enter" }

function Door.init(code) return "ok", "locked", { code = code, tries = 0 } end

-- By type, then by content; a cast gets the rest of its content, a call its from before it.
function Door.locked.cast.button(data, digit, who)
  if digit == data.code then return "next_state", "open", data, { "state_timeout", 50, "lock" } end
  data.tries = data.tries + 1
  print("wrong", digit, who)
  return "keep_state", data
end
function Door.locked.call.tries(data, from) return "keep_state_and_data", { "reply", from, data.tries } end
function Door.locked.call.add(data, from, a, b) return "keep_state_and_data", { "reply", from, a + b } end
Door.locked.call["_"] = function(data, from, request)
  return "keep_state_and_data", { "reply", from, { "what is", request } }
end
function Door.locked.info.knock(data) print("knock") return "keep_state_and_data" end

-- A function takes all events of its type, whatever they contain.
function Door.locked.enter(data, before) print("locked after", before) return "keep_state_and_data" end
function Door.open.enter.locked(data)
  print("open after locked")
  return "keep_state_and_data", { { { "timeout", "bell" }, 10, "ding" }, { { "timeout", 7 }, 20, "seven" } }
end
function Door.open.state_timeout(data, content) print("timeout", content) return "next_state", "locked", data end
function Door.open.timeout.bell(data, content)
  print("bell", content)
  return "keep_state_and_data", { "next_event", "internal", { "echo", content } }
end
function Door.open.internal.echo(data, content) print("echo", content) return "keep_state_and_data" end

-- What no clause takes; it is given what a state function is.
Door.open["_"] = function(type, content, data)
  print("other", inspect(type), inspect(content), data.tries)
  return "keep_state_and_data"
end

local pid = GenStateMachine.start(Door, 12)
GenStateMachine.cast(pid, { "button", 3, "me" })
print(GenStateMachine.call(pid, "tries"), GenStateMachine.call(pid, { "add", 1, 2 }))
print(inspect(GenStateMachine.call(pid, { "this", 1 })), inspect(GenStateMachine.call(pid, 7)))
send(pid, "knock")
GenStateMachine.cast(pid, { "button", 12 })
GenStateMachine.cast(pid, "nobody listens")
Process.sleep(100)
-- expect: locked after	locked
-- expect: wrong	3	me
-- expect: 1	3
-- expect: { "what is", { "this", 1 } }	{ "what is", 7 }
-- expect: knock
-- expect: open after locked
-- expect: other	"cast"	"nobody listens"	1
-- expect: bell	ding
-- expect: echo	ding
-- expect: other	{ "timeout", 7 }	"seven"	1
-- expect: timeout	lock
-- expect: locked after	open

-- Without one for what is left, the machine ends as it would for want of a function head.
local ref = Process.monitor(pid)
GenStateMachine.cast(pid, { "unknown", 1 })
print(inspect(receive { { { "DOWN", ref, _, _, _ }, function(object, from, reason) return reason end } }))
-- expect: { "function_clause", { "Door", "locked", "cast", { "unknown", 1 } } }
-- expect error: ** (FunctionClauseError) no function clause matching in Door.locked/3
-- expect error: Door.locked("cast", { "unknown", 1 }, _)

-- What is there is kept, and a state function may stand beside clauses.
assert(GenStateMachine.module("Door", { "locked", "ajar" }) == Door)
function Door.ajar(type, content, data) return "keep_state_and_data", { "reply", type[2], "ajar" } end
function Door.init() return "ok", "ajar", {} end
Door.callback_mode = "state_functions"
print(GenStateMachine.call(GenStateMachine.start(Door), "how"), type(Door.locked.cast.button))
-- expect: ajar	function

-- States named at once make state_functions the mode.
print(GenStateMachine.module("Lamp", { "on", "off" }).callback_mode, GenStateMachine.module("Plain").callback_mode)
-- expect: state_functions	nil

for _, states in ipairs { "on", { 1 }, { "on", "init" } } do
  print(select(2, pcall(GenStateMachine.module, "Odd", states)))
end
-- expect: bad argument #2 to 'GenStateMachine.module' (states: a list of names of states expected, got "on")
-- expect: bad argument #2 to 'GenStateMachine.module' (states: a list of names of states expected, got { 1 })
-- expect: bad argument #2 to 'GenStateMachine.module' (states: a list of names of states other than those of callbacks expected, got { "on", "init" })
