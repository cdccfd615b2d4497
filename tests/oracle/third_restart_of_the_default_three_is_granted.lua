local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local sup = Supervisor.start_link({ oracle.worker("a") }, { strategy = "one_for_one" })
oracle.show("sup", sup)
oracle.show_messages("start", 1)

for i = 1, 3 do
  GenServer.cast("a", { "stop", "boom" })
  oracle.show_messages("message", 2)
end

oracle.show("alive", Process.alive(sup))
GenServer.cast("a", { "stop", "boom" })
oracle.show_messages("message", 2)
oracle.show("alive", Process.alive(sup))
