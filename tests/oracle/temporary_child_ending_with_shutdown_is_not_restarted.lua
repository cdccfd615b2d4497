local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = Supervisor.start_link({ oracle.worker("a", { restart = "temporary" }) }, { strategy = "one_for_one" })
oracle.show_messages("start", 1)
GenServer.cast("a", { "stop", "shutdown" })
oracle.settle()
oracle.show_mailbox("message")
oracle.show("children", Supervisor.count_children(sup))
