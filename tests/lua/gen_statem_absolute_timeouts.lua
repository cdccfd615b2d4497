-- args: --virtual
Timed = GenStateMachine.module "Timed"
function Timed.init(at)
  return "ok", "waiting", 0, { { { "timeout", "at" }, at, "now", { abs = true } }, "hibernate" }
end
function Timed.handle_event(type, content, state, data)
  print(inspect(type), content, System.monotonic_time("millisecond"))
  return "keep_state_and_data"
end

Process.sleep(100)
GenStateMachine.start(Timed, 150)
GenStateMachine.start(Timed, 20)
print("started")
Process.sleep(10)
print("later")
Process.sleep(100)
-- expect: started
-- expect: { "timeout", "at" }	now	100
-- expect: later
-- expect: { "timeout", "at" }	now	150
