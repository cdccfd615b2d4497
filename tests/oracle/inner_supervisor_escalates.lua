local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()

Inner = GenServer.module "Inner"

function Inner.start_link(child)
  return Supervisor.start_link({ child }, { strategy = "one_for_one", max_restarts = 1, name = "inner" })
end

local inner = { id = "inner", type = "supervisor", start = { Inner, "start_link", { oracle.worker("a") } } }
local outer = Supervisor.start_link({ inner }, { strategy = "one_for_one" })
oracle.show_messages("start", 1)
oracle.show("inner", Process.whereis("inner"))

for i = 1, 2 do
  GenServer.cast("a", { "stop", "boom" })
  oracle.show_messages("message", 2)
  oracle.settle()
  oracle.show("inner", Process.whereis("inner"))
end

oracle.show("counts", Supervisor.count_children(outer))
