local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

function Machine.start_link(arg) return GenStateMachine.start_link(Machine, arg, { name = "child" }) end
local arg = { first = "a", main = self() }
function arg.script(type, content) if content == "boom" then error("boom") end end
local sup = Supervisor.start_link({ { Machine, arg } }, { strategy = "one_for_one" })
local first = Process.whereis("child")
GenStateMachine.cast("child", "boom")
machine.show(50)
oracle.show("new", Process.whereis("child") ~= first and is_pid(Process.whereis("child")))
oracle.show("count", Supervisor.count_children(sup))
oracle.show_result("stop", Supervisor.stop(sup))
