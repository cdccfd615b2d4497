Door = GenStateMachine.module "Door"
Door.callback_mode = { "state_functions", "state_enter" }
function Door.init(n) return "ok", "shut", { n = n } end
function Door.shut(type, content)
  if content == "boom" then error("boom") end
  if type == "cast" then return "keep_state_and_data", "postpone" end
  return "keep_state_and_data"
end

local pid = GenStateMachine.start(Door, 7, { name = "door" })
GenStateMachine.cast(pid, "later")
print(pcall(GenStateMachine.call, pid, "boom") == false)    -- expect: true
-- expect error: [error] GenStateMachine door terminating
-- expect error: ** (RuntimeError) boom
-- expect error: gen_statem_crash_report.lua:5: in function 'Door.shut'
-- expect error: Last event: { { "call", { #PID<
-- expect error: Postponed events: { { "cast", "later" } }
-- expect error: Callback mode: state_functions, state_enter
-- expect error: State: { "shut", { n = 7 } }

pid = GenStateMachine.start(Door, 7)
GenStateMachine.cast(pid, "later")
function Door.shut() end
GenStateMachine.cast(pid, "nothing")
Process.sleep(1)
-- expect error: ** (stop) { "bad_return_from_state_function", nil }
Door.shut = nil
GenStateMachine.start(Door, 7)
Process.sleep(1)
-- expect error: function Door.shut/3 is undefined or private
