local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Refuses = GenServer.module "Refuses"
function Refuses.init() return "ok", "old" end
function Refuses.code_change(old, state, extra)
  if extra == "refuse" then return "error", "not_now" end
  if extra == "nonsense" then return "nonsense" end
  if extra == "raise" then error("boom") end
  if extra == "exit" then exit("boom") end
  return "ok", { old, state, extra }
end

local pid = GenServer.start(Refuses)
sys.suspend(pid)
oracle.show_result("refuses", sys.change_code(pid, Refuses, "1", "refuse"))
oracle.show_result("nonsense", sys.change_code(pid, Refuses, "1", "nonsense"))
local _, reason = sys.change_code(pid, Refuses, "1", "raise")
oracle.show("raises", type(reason) == "table" and reason[1] == "EXIT")
oracle.show_result("exits", sys.change_code(pid, Refuses, "1", "exit"))
oracle.show("state", sys.get_state(pid))
oracle.show_result("accepts", sys.change_code(pid, Refuses, "1", "more"))
sys.resume(pid)
oracle.show("state", sys.get_state(pid))
