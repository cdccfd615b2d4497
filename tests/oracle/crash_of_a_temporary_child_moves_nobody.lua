local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local children = { oracle.worker("a"), oracle.worker("b", { restart = "temporary" }), oracle.worker("c") }

for i, strategy in ipairs { "one_for_all", "rest_for_one" } do
  local sup = Supervisor.start_link(children, { strategy = strategy })
  oracle.show_messages("start", 3)
  GenServer.cast("b", { "stop", "boom" })
  oracle.settle()
  oracle.show_mailbox("message")
  oracle.show("children", Supervisor.count_children(sup))
  Supervisor.stop(sup)
  oracle.show_mailbox("left")
end
