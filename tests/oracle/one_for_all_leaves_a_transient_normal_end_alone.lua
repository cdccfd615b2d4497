local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local children = { oracle.worker("a"), oracle.worker("b", { restart = "transient" }) }
local sup = Supervisor.start_link(children, { strategy = "one_for_all" })
oracle.show_messages("start", 2)
GenServer.cast("b", { "stop", "normal" })
oracle.settle()
oracle.show_mailbox("message")
oracle.show("children", Supervisor.count_children(sup))
