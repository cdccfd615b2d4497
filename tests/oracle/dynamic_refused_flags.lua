local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()

local function start(options)
  oracle.show_result("answer", DynamicSupervisor.start_link(options))
  oracle.show_messages("message", 1)
end

start { strategy = "one_for_all" }
start { strategy = "unknown" }
start { max_restarts = -1 }
start { max_seconds = 0 }
start { max_children = -1 }
start { max_children = "many" }
start { extra_arguments = "none" }
