local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.show("before", Process.info(self(), "trap_exit"))
oracle.show("set", Process.flag("trap_exit", true))
oracle.show("set again", Process.flag("trap_exit", true))
oracle.show("now", Process.info(self(), "trap_exit"))
oracle.show("clear", Process.flag("trap_exit", false))
