-- PartitionSupervisor: https://hexdocs.pm/elixir/1.14/PartitionSupervisor.html
--
-- A supervisor of so many children of the same kind, numbered from 0; a key leads to one of them.
local _, check, _, check_names = ...

function PartitionSupervisor.start_link(opts)
  local what, refuse = "PartitionSupervisor.start_link", Task.Supervised.refuse
  if type(opts) ~= "table" then refuse(what, 1, "opts", "a table of options", opts, 3) end
  check_names(what, 1, opts, {
    "name", "child_spec", "partitions", "with_arguments", "strategy", "max_restarts", "max_seconds",
  })
  if opts.name == nil then error("the name option must be given to PartitionSupervisor", 2) end
  check(what, 1, "option name", opts.name, "name")
  if opts.child_spec == nil then
    error("the child_spec option must be given to PartitionSupervisor", 2)
  end
  local partitions = opts.partitions == nil and Task.CONCURRENCY or opts.partitions
  if math.type(partitions) ~= "integer" or partitions < 1 then
    error("the partitions option must be a positive integer, got: " .. inspect(partitions), 2)
  end
  local with_arguments = opts.with_arguments
  if with_arguments ~= nil and type(with_arguments) ~= "function" then
    error("the with_arguments option must be a function that receives two arguments, the " ..
      "current call arguments and the partition, got: " .. inspect(with_arguments), 2)
  end
  local children = {}
  for partition = 0, partitions - 1 do
    local spec = PartitionSupervisor.partition(opts.child_spec, partition, with_arguments)
    children[partition + 1] = spec
  end
  return Supervisor.start_link(children, {
    strategy = opts.strategy or "one_for_one", max_restarts = opts.max_restarts,
    max_seconds = opts.max_seconds, name = opts.name,
  })
end

-- The specification of one child.
function PartitionSupervisor.partition(child, partition, with_arguments)
  local spec = Supervisor.child_spec(child, { id = partition })
  if with_arguments and type(spec.start) == "table" then
    local args = with_arguments(spec.start[3], partition)
    if type(args) ~= "table" then
      error("the call to the function in with_arguments must return a list, got: " ..
        inspect(args), 3)
    end
    spec.start = { spec.start[1], spec.start[2], args }
  end
  return spec
end

function PartitionSupervisor.which_children(name)
  check("PartitionSupervisor.which_children", 1, "name", name, "process")
  return Supervisor.which_children(name)
end

function PartitionSupervisor.count_children(name)
  check("PartitionSupervisor.count_children", 1, "name", name, "process")
  return Supervisor.count_children(name)
end

function PartitionSupervisor.stop(name, reason, timeout)
  check("PartitionSupervisor.stop", 1, "name", name, "process")
  check("PartitionSupervisor.stop", 3, "timeout", timeout, "timeout")
  return Supervisor.stop(name, reason, timeout)
end
