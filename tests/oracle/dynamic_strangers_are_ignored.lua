local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = DynamicSupervisor.start_link { strategy = "one_for_one" }
send(sup, "hello")
GenServer.cast(sup, "hello")
spawn(function() Process.exit(sup, "oops") end)
oracle.settle()
oracle.show("alive", Process.alive(sup))
oracle.show("children", DynamicSupervisor.which_children(sup))
