local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Fickle = GenServer.module "Fickle"
function Fickle.start_link() return GenServer.start_link(Fickle, nil) end
function Fickle.init()
  if Process.whereis("refuse") then return "stop", "no" end
  return "ok", nil
end

oracle.trap_exit()
local sup = Supervisor.start_link({ Fickle }, { strategy = "one_for_one" })
oracle.show_result("terminate_child", Supervisor.terminate_child(sup, Fickle))
Process.register(self(), "refuse")
oracle.show_result("restart_child", Supervisor.restart_child(sup, Fickle))
oracle.show("children", Supervisor.which_children(sup))
Process.unregister("refuse")
local pid = Supervisor.restart_child(sup, Fickle)
oracle.show("pid", pid)
oracle.show_result("restart_child", Supervisor.restart_child(sup, Fickle))
