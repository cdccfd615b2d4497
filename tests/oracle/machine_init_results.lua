local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

Inits = GenStateMachine.module "Inits"
Inits.callback_mode = "state_functions"
function Inits.init(arg)
  if arg == "stop" then return "stop", "why" end
  if arg == "ignore" then return "ignore" end
  if arg == "bad" then return "ok", "only_a_state" end
  if arg == "raise" then error("boom") end
  if arg == "exit" then exit("out") end
  if arg == "acts" then return "ok", "a", 1, { { "next_event", "internal", "own" } } end
  return "ok", "a", 1
end
function Inits.a(type, content, n) return "keep_state", n + 1 end

for _, arg in ipairs { "stop", "ignore", "raise", "exit" } do
  local pid, reason = GenStateMachine.start(Inits, arg)
  if arg == "raise" then
    oracle.show(arg, (reason:gsub("^[^\n]-:%d+: ", "")))
  else
    oracle.show_result(arg, pid, reason)
  end
end

oracle.show("bad", select(2, GenStateMachine.start(Inits, "bad"))[1])

for _, arg in ipairs { "ok", "acts" } do
  oracle.show(arg, sys.get_state(GenStateMachine.start(Inits, arg)))
end
