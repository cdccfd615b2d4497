local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = Supervisor.start_link({ { Agent, function() return 7 end } }, { strategy = "one_for_one" })
local id, pid, kind, modules = table.unpack(Supervisor.which_children(sup)[1])
local function same(n) return n end
oracle.show("child", { id, kind, modules })
Agent.update(pid, function(n) return n + 1 end)
oracle.show("get", Agent.get(pid, same))
local ref = Process.monitor(pid)
Process.exit(pid, "kill")
oracle.show("down", oracle.down(ref))
oracle.settle()
local again = Supervisor.which_children(sup)[1][2]
oracle.show("restarted", again ~= pid)
oracle.show("get", Agent.get(again, same))
local spec = Agent.child_spec(function() return 1 end)
oracle.show("spec", { spec.id, spec.start[2] })
