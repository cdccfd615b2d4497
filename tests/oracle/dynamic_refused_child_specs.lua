local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = DynamicSupervisor.start_link { strategy = "one_for_one" }

local function start(overrides)
  oracle.show_result("answer", DynamicSupervisor.start_child(sup, oracle.worker("a", overrides)))
end

start { restart = "sometimes" }
start { shutdown = "soon" }
start { shutdown = -1 }
start { shutdown = 0 }
