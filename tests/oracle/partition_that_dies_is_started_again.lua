local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local sup = PartitionSupervisor.start_link { child_spec = { Agent, function() return 0 end }, name = "Parts", partitions = 2 }
local function at(key) return GenServer.whereis { "via", PartitionSupervisor, { "Parts", key } } end
local function update(key)
  return Agent.get_and_update({ "via", PartitionSupervisor, { "Parts", key } }, function(n) return n + 1, n + 1 end)
end
oracle.show("updates", { update(0), update(0), update(1) })
local before = at(0)
Process.exit(before, "kill")
oracle.settle()
oracle.show("another", at(0) ~= before and is_pid(at(0)))
oracle.show("updates", { update(0), update(1) })
oracle.show("counts", PartitionSupervisor.count_children("Parts"))
for i = 1, 3 do
  Process.exit(at(1), "kill")
  oracle.settle()
end
oracle.show("alive", Process.alive(sup))
oracle.show_mailbox("message")
oracle.show("nobody", oracle.caught(function() return at(0) end))
