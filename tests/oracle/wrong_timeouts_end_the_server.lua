local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Odd = GenServer.module "Odd"
function Odd.init(arg)
  if arg then return "ok", nil, arg[2] end
  return "ok", nil
end
Odd.handle_call["then"] = function(state, from, time) return "reply", "done", state, time end
Odd.handle_cast["then"] = function(state, time) return "noreply", state, time end

oracle.trap_exit()

for _, time in ipairs { -1, "soon", { "later", 1 }, { "continue", 1, 2 } } do
  local pid = GenServer.start(Odd, nil)
  local ref = Process.monitor(pid)
  local answer = oracle.caught(function() return GenServer.call(pid, { "then", time }) end)
  oracle.show("answered", answer == "done")
  local reason = oracle.down(ref)
  oracle.show("bad return", reason[1] == "bad_return_value")
  local _, why = GenServer.start(Odd, { "init", time })
  oracle.show("of init", why ~= nil and why[1] == "bad_return_value")
end
