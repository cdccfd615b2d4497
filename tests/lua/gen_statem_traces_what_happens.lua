-- sys.trace tells of a machine in gen_statem's words; format_status has a say in the crash report.
Door = GenStateMachine.module "Door"
Door.callback_mode = "state_functions"
function Door.init(secret) return "ok", "shut", secret end
function Door.shut(type, content, secret)
  if content == "open" then
    return "next_state", "open", secret, { { "next_event", "internal", "creak" }, { "state_timeout", 10, "close" } }
  end
  return "keep_state_and_data", "postpone"
end
function Door.open(type, content, secret)
  if type == "state_timeout" then return "next_state", "shut", secret end
  if type == "internal" then return "keep_state_and_data" end
  if content == "boom" then error("boom") end
  return "keep_state_and_data", { "reply", type[2], "hello" }
end
function Door.format_status(status)
  status.data = ("*"):rep(#status.data)
  return status
end

Logger.configure { level = "debug" }
local pid = GenStateMachine.start(Door, "key", { name = "door", debug = { "trace" } })
GenStateMachine.cast(pid, "open")
print(GenStateMachine.call(pid, "ask"))   -- expect: hello
Process.sleep(50)
print(sys.trace(pid, false))              -- expect: true
-- expect error: *DBG* "door" enter "Door" in state "shut"
-- expect error: *DBG* "door" consume internal "init_state" in state "shut"
-- expect error: *DBG* "door" receive cast "open" in state "shut"
-- expect error: *DBG* "door" receive internal "creak" in state "open"
-- expect error: *DBG* "door" consume cast "open" in state "shut" => "open"
-- expect error: *DBG* "door" start_timer { "state_timeout", 10, "close", {} } in state "open"
-- expect error: *DBG* "door" receive call "ask" from #PID<
-- expect error: *DBG* "door" send "hello" to #PID<
-- expect error: *DBG* "door" receive state_timeout "close" in state "open"
GenStateMachine.cast(pid, "open")
GenStateMachine.cast(pid, "boom")
Process.sleep(1)
-- expect error: GenStateMachine door terminating
-- expect error: ** (RuntimeError) boom
-- expect error: Last event: { "cast", "boom" }
-- expect error: Time-outs: { { "state_timeout", "close" } }
-- expect error: State: { "open", "***" }
