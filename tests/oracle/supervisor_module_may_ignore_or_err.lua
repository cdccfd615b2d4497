local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Odd = GenServer.module "Odd"

function Odd.init(how)
  if how == "ignore" then return "ignore" end
  return Supervisor.init({}, { strategy = "one_for_one" })
end

oracle.trap_exit()
oracle.show_result("ignore", Supervisor.start_link(Odd, "ignore"))
oracle.show_messages("message", 1)
local sup = Supervisor.start_link(Odd, "empty", { name = "odd" })
oracle.show("name", Process.whereis("odd") == sup)
oracle.show_result("again", Supervisor.start_link(Odd, "empty", { name = "odd" }))
oracle.show("counts", Supervisor.count_children("odd"))
