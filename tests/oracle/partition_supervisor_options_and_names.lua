local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Registry.start_link { keys = "unique", name = "R" }
local name = { "via", Registry, { "R", "parts" } }
local function part(key) return GenServer.whereis { "via", PartitionSupervisor, { name, key } } end
oracle.show("id of a name", Supervisor.child_spec({ PartitionSupervisor, { name = "Foo" } }, {}).id)
oracle.show("id of a via name", Supervisor.child_spec({ PartitionSupervisor, { name = { "via", "Foo", { "bar", "baz" } } } }, {}).id)
oracle.show("type", Supervisor.child_spec({ PartitionSupervisor, { name = "Foo" } }, {}).type)
local sup = PartitionSupervisor.start_link {
  child_spec = { Agent, function() return "hello" end }, name = name, partitions = 3,
}
oracle.show("partitions", PartitionSupervisor.partitions(name))
oracle.show("get", Agent.get({ "via", PartitionSupervisor, { name, 0 } }, function(x) return x end))
oracle.show("same for the same key", part(4) == part(1))
oracle.show("negative", part(-1) == part(1))
local children = PartitionSupervisor.which_children(name)
oracle.show("children", Enum.map(Enum.sort(children, function(a, b) return a[1] < b[1] end), function(child)
  return { child[1], child[2] == part(child[1]), child[3], child[4] }
end))
oracle.show_result("stop", Supervisor.stop(sup))
oracle.show("gone", { Process.alive(sup), GenServer.whereis(name) == nil })
local function reason(fn, ...)
  local arguments = table.pack(...)
  return oracle.caught(function() return fn(table.unpack(arguments)) end)[2][1]
end
oracle.show("partitions of nobody", reason(PartitionSupervisor.partitions, "unknown"))
oracle.show("of nobody in a registry", reason(PartitionSupervisor.partitions, name))
oracle.show("count_children of nobody", reason(PartitionSupervisor.count_children, "unknown"))
oracle.show("stop of nobody", reason(PartitionSupervisor.stop, "unknown"))
oracle.show("call of nobody", oracle.caught(function() return GenServer.call({ "via", PartitionSupervisor, { "unknown", 1 } }, "x") end)[1])
