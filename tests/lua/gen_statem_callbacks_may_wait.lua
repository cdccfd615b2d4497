M = GenStateMachine.module "M"
function M.callback_mode() return "handle_event_function" end
function M.init() return "ok", "a", 0 end
function M.handle_event(type, content, state, n)
  if content == "wait" then
    Process.sleep(100)
    return "next_state", "b", n + 1, { "reply", type[2], "waited" }
  end
  return "keep_state_and_data", { "reply", type[2], state }
end
function M.terminate(reason, state, n)
  Process.sleep(10)
  print("terminate", reason, state, n)
end

local pid = GenStateMachine.start(M)
local main = self()
spawn(function() send(main, GenStateMachine.call(pid, "wait")) end)
Process.sleep(10)
print(GenStateMachine.call(pid, "state"))   -- expect: b
print(receive())                            -- expect: waited
print(GenStateMachine.stop(pid, "shutdown"))
-- expect: terminate	shutdown	b	1
-- expect: true
