-- Node: https://hexdocs.pm/elixir/1.14/Node.html — what takes more than one step.
local help, check = ...

local start, run_on, run_ack = Node.start, Node.run_on, Node.run_ack
Node.run_on, Node.run_ack = nil, nil
local system_processes = {} -- child specifications

-- There is an init already: its answer comes once it has started everything.
local function await_init(starter)
  local monitor = Process.monitor("init")
  send("init", { "has_started", self(), monitor })
  receive {
    { { monitor, any }, function(pid) run_ack(starter, { "ok", pid }) end },
    { { "DOWN", monitor, any, any, any }, function(_, _, reason) run_ack(starter, { "error", reason }) end },
  }
end

-- The first process of a node. It never ends, and so keeps alive what it starts.
local function init(starter, children)
  if not pcall(Process.register, self(), "init") then return await_init(starter) end
  local options = { strategy = "one_for_one", name = "kernel_sup" }
  local pid, reason = Supervisor.start_link(children, options)
  run_ack(starter, pid and { "ok", pid } or { "error", reason })
  while true do
    receive { { { "has_started", any, any }, function(from, ref) send(from, { ref, pid }) end } }
  end
end

-- Starts the system processes of a node, before it has any others.
local function begin(node)
  local pid, reason = run_on(node, init, self(), system_processes)
  if not pid then
    error("the system processes of " .. node .. " do not start: " .. inspect(reason), 0)
  end
end

-- The same for the program's own node, which has none before it meets others or is asked to. Taken
-- away by global.lua.
function Node.begin() begin(Node.self()) end
local begin_here = Node.begin

function Node.start(name)
  local is_first = not Node.alive()
  local node, reason = start(name)
  if is_first then begin_here() end
  if not node then return nil, reason end
  begin(node)
  return node
end
help("Node.start", [[
start(name)

Starts a node and returns its name, which is name@local unless it has a host: "b@local". The program itself
is the node "main@local" from then on. Returns nil, { "already_started", node } when that node runs.

    Node.start("b")   --> "b@local"
]])

function Node.at_start(child)
  check("Node.at_start", 1, "child", child, "a child specification or a module",
    type(child) == "table")
  if Process.whereis("init") then
    error("Node.at_start: there are nodes already that have no such child", 2)
  end
  system_processes[#system_processes + 1] = child
  return true
end
help("Node.at_start", [[
at_start(child)

Every node that is started from now on, and the program's own, has this child of a supervisor "kernel_sup"
before it has any other process. To be called before the first Node.start.

    Node.at_start{ id = "cache", start = { Agent, "start_link", { function() return {} end, { name = "cache" } } } }
    Node.start("b")
    Agent.get({ "cache", "b@local" }, function(state) return state end)   --> {}
]])
