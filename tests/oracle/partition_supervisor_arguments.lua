local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Part = GenServer.module "Part"
function Part.start_link(main, partition) return GenServer.start_link(Part, { main, partition }) end
function Part.init(arg)
  send(arg[1], { "init", arg[2] })
  return "ok", arg[2]
end

local spec = { id = "ignored", start = { Part, "start_link", { self() } }, restart = "transient" }

PartitionSupervisor.start_link {
  child_spec = spec,
  name = "parts",
  partitions = 2,
  with_arguments = function(args, partition) return { args[1], partition } end,
}

oracle.show_messages("message", 2)
Process.exit(GenServer.whereis { "via", PartitionSupervisor, { "parts", 1 } }, "kill")
oracle.show_messages("message", 1)
local described = PartitionSupervisor.child_spec { name = "parts" }
described.start = nil
oracle.show("spec", described)
oracle.show("noproc", oracle.caught(function() return PartitionSupervisor.partitions("nowhere") end))
local caught = oracle.caught(function() return PartitionSupervisor.start_link { child_spec = spec } end)
oracle.show("name", { caught[1], (caught[2]:gsub("^the name", "the :name")) })
