local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

Changing = GenStateMachine.module "Changing"
changed = false
function Changing.callback_mode() return changed and "state_functions" or "handle_event_function" end
function Changing.init(n) return "ok", "a", n end
function Changing.handle_event(type, _, state, n)
  return "keep_state_and_data", { "reply", type[2], { "handled", state, n } }
end
function Changing.b(type, _, n)
  return "keep_state_and_data", { "reply", type[2], { "by_state", n } }
end
function Changing.code_change(old, state, n, extra) return "ok", "b", { old, n, extra } end

local pid = GenStateMachine.start(Changing, 1)
oracle.show("before", GenStateMachine.call(pid, "ask"))
sys.suspend(pid)
changed = true
oracle.show("change", sys.change_code(pid, Changing, "v1", "extra"))
sys.resume(pid)
oracle.show("after", GenStateMachine.call(pid, "ask"))
