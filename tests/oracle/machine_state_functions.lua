local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

Lock = GenStateMachine.module "Lock"
Lock.callback_mode = { "state_functions", "state_enter" }
function Lock.init(code) return "ok", "locked", { code = code, tries = 0 } end
function Lock.locked(type, content, d)
  if type == "enter" then
    d.old = content
    return "keep_state", d
  end
  if content[2] == d.code then return "next_state", "open", d, { "reply", type[2], "ok" } end
  d.tries = d.tries + 1
  return "keep_state", d, { "reply", type[2], "wrong" }
end
function Lock.open(type, content, d)
  if type == "state_timeout" then return "next_state", "locked", d end
  d.old = content
  return "keep_state", d, { "state_timeout", 50, "lock" }
end

local pid = GenStateMachine.start(Lock, 42)
for _, code in ipairs { 1, 42 } do oracle.show("code", GenStateMachine.call(pid, { "code", code })) end
oracle.show("state", sys.get_state(pid))
Process.sleep(100)
oracle.show("state", sys.get_state(pid))
