local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local children = { oracle.worker("a"), oracle.worker("b", { restart = "transient" }) }
local sup = Supervisor.start_link(children, { strategy = "one_for_all" })
oracle.show_messages("start", 2)
GenServer.cast("a", { "stop", "boom" })
oracle.show_messages("message", 3)
oracle.show("children", Supervisor.count_children(sup))
