local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = PartitionSupervisor.start_link { child_spec = DynamicSupervisor, name = "parts", partitions = 3 }
oracle.show("partitions", PartitionSupervisor.partitions("parts"))
oracle.show("count", PartitionSupervisor.count_children("parts"))
local shown, pids = {}, {}
for i, child in ipairs(PartitionSupervisor.which_children("parts")) do
  shown[i] = { child[1], child[3], child[4] }
  pids[child[1]] = child[2]
end
oracle.show("children", shown)
local function at(key) return GenServer.whereis { "via", PartitionSupervisor, { "parts", key } } end
for _, key in ipairs { 0, 1, 2, 3, 7, -4 } do oracle.show("key", { key, at(key) == pids[math.abs(key) % 3] }) end
oracle.show("same", at("a") == at("a"))
DynamicSupervisor.start_child({ "via", PartitionSupervisor, { "parts", 4 } }, oracle.worker("w"))
oracle.show("there", DynamicSupervisor.count_children(pids[1]))
oracle.show_result("stop", PartitionSupervisor.stop("parts"))
oracle.show("alive", Process.alive(sup))
