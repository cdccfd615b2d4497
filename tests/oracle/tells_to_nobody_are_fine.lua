local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local dead = spawn(function() end)
oracle.settle()
oracle.show_result("cast to the dead", GenServer.cast(dead, "hello"))
oracle.show_result("cast to an unknown name", GenServer.cast("nobody", "hello"))
oracle.show_result("reply to the dead", GenServer.reply({ dead, make_ref() }, "hello"))
