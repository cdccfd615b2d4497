local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

First = GenStateMachine.module "First"
First.callback_mode = "state_functions"
function First.init(main) return "ok", "a", main end
function First.a(type, action)
  return "keep_state_and_data", { action, { "reply", type[2], "first" } }
end
function First.terminate(reason, state, main) send(main, { "first", reason, state }) end

Second = GenStateMachine.module "Second"
Second.callback_mode = { "handle_event_function", "state_enter" }
function Second.handle_event(type, content, state, main)
  if type == "enter" then
    send(main, { "entered", content, state })
    return "keep_state_and_data"
  end
  return "next_state", state == "a" and "b" or "a", main, { content, { "reply", type[2], "second" } }
end
function Second.terminate(reason, state, main) send(main, { "second", reason, state }) end

local function modules(pid) oracle.show("modules", sys.get_status(pid)[4][5][2][2][3][2]) end

local pid = GenStateMachine.start(First, self())
modules(pid)
oracle.show("call", GenStateMachine.call(pid, { "push_callback_module", Second }))
modules(pid)
oracle.show("call", GenStateMachine.call(pid, { "push_callback_module", Second }))
modules(pid)
oracle.show("call", GenStateMachine.call(pid, { "change_callback_module", First }))
modules(pid)
oracle.show("call", GenStateMachine.call(pid, "pop_callback_module"))
modules(pid)
oracle.show("call", GenStateMachine.call(pid, "pop_callback_module"))
modules(pid)
GenStateMachine.stop(pid)
machine.show()
