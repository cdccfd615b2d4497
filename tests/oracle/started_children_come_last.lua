local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local sup = Supervisor.start_link({ oracle.worker("a"), oracle.worker("b") }, { strategy = "rest_for_one" })
Supervisor.start_child(sup, oracle.worker("c"))
local function ids()
  local found = {}
  for i, child in ipairs(Supervisor.which_children(sup)) do found[i] = child[1] end
  return found
end
oracle.show("ids", ids())
oracle.show_messages("message", 3)
Process.exit(Process.whereis("b"), "kill")
oracle.show_messages("restarted", 2)
oracle.show("ids", ids())
Supervisor.terminate_child(sup, "a")
Supervisor.restart_child(sup, "a")
oracle.show("a keeps its place", ids())
Supervisor.terminate_child(sup, "a")
Supervisor.delete_child(sup, "a")
Supervisor.start_child(sup, oracle.worker("a"))
oracle.show("a anew", ids())
