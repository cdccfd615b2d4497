-- Node: https://hexdocs.pm/elixir/1.14/Node.html — what takes more than one step.
local help, check = ...

local start, run_on = Node.start, Node.run_on
Node.run_on = nil
local system_processes = {} -- child specifications

-- The first process of a node. It never ends, and so keeps alive what it starts.
local function init(starter, ref, children)
  Process.register(self(), "init")
  local options = { strategy = "one_for_one", name = "kernel_sup" }
  local pid, reason = Supervisor.start_link(children, options)
  send(starter, { ref, pid or false, reason })
  Process.sleep("infinity")
end

-- Starts the system processes of a node, before it has any others.
local function begin(node)
  if #system_processes == 0 then return end
  local ref = make_ref()
  run_on(node, init, self(), ref, system_processes)
  local answer = receive { { { ref, _, _ }, function(...) return { ... } end },
                           { { ref, _ }, function(pid) return { pid } end } }
  if not answer[1] then
    error("the system processes of " .. node .. " do not start: " .. inspect(answer[2]), 0)
  end
end

function Node.start(name)
  local is_first = not Node.alive()
  local node, reason = start(name)
  if is_first then begin("main@local") end
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
  if Node.alive() then error("Node.at_start: there are nodes already that have no such child", 2) end
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
