local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Gate = GenServer.module "Gate"
function Gate.start_link(agent)
  local state = Agent.get_and_update(agent, function(state) return state, "closed" end)
  if state == "open" then return spawn_link(function() Process.sleep("infinity") end) end
  Process.sleep(10)
  return nil, "closed"
end

local agent = Agent.start_link(function() return "open" end)
local sup = DynamicSupervisor.start_link { strategy = "one_for_one", max_restarts = 100000 }
local other = DynamicSupervisor.start_child(sup, oracle.worker("other"))
local pid = DynamicSupervisor.start_child(sup, { id = "gate", start = { Gate, "start_link", { agent } } })
Process.exit(pid, "kill")
oracle.settle()
oracle.show("counts", DynamicSupervisor.count_children(sup))
oracle.show("children", Enum.sort(Enum.map(DynamicSupervisor.which_children(sup), function(child)
  return is_pid(child[2]) and "pid" or child[2]
end)))
oracle.show_result("terminate the former", DynamicSupervisor.terminate_child(sup, pid))
oracle.show_result("terminate the other", DynamicSupervisor.terminate_child(sup, other))
oracle.show("counts", DynamicSupervisor.count_children(sup))
Agent.update(agent, function() return "open" end)
oracle.settle()
oracle.show("counts", DynamicSupervisor.count_children(sup))
oracle.show_mailbox("message")
