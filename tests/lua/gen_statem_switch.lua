Switch = GenStateMachine.module "Switch"
Switch.callback_mode = "state_functions"
function Switch.init(n) return "ok", "off", { n = n } end
function Switch.off(type, content, data)
  data.n = data.n + 1
  return "next_state", "on", data, { { "reply", type[2], data.n }, { "state_timeout", 50, "tired" } }
end
function Switch.on(type, content, data)
  if type == "state_timeout" then return "next_state", "off", data end
  return "keep_state_and_data", "postpone"
end

local pid = GenStateMachine.start_link(Switch, 0)
print(GenStateMachine.call(pid, "push"))          -- expect: 1
print(inspect(sys.get_state(pid)))                -- expect: { "on", { n = 1 } }
print(GenStateMachine.call(pid, "push"))          -- expect: 2
print(GenStateMachine.call(pid, "push", 500))     -- expect: 3
print(sys.get_status(pid)[3][2])                  -- expect: gen_statem
print(Process.info(pid, "initial_call"))          -- expect: Switch
print(GenStateMachine.stop(pid))                  -- expect: true
