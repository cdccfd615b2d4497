local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Stubborn = GenServer.module "Stubborn"
function Stubborn.start_link(agent) return GenServer.start_link(Stubborn, agent, { name = "stubborn" }) end

function Stubborn.init(agent)
  local first = Agent.get_and_update(agent, function(first) return first, false end)
  if first then return "ok", nil end
  Process.sleep(10)
  return "stop", "refused"
end

function Stubborn.handle_cast.crash(state) return "stop", "crash", state end

Shy = GenServer.module "Shy"
function Shy.start_link() return nil, "ignore" end

local agent = Agent.start_link(function() return true end)
local function worker(id) return oracle.worker(id, {}, { main = self() }) end

local children = {
  worker("alive"),
  { id = "shy", start = { Shy, "start_link", {} } },
  worker("terminated"),
  { id = "sup", type = "supervisor", start = { Supervisor, "start_link", { {}, { strategy = "one_for_one" } } } },
  { id = "stubborn", start = { Stubborn, "start_link", { agent } } },
}

local sup = Supervisor.start_link(children, { strategy = "one_for_one", max_restarts = 100000 })
local function counts(label) oracle.show(label, Supervisor.count_children(sup)) end
counts("started")
Supervisor.terminate_child(sup, "terminated")
counts("one terminated")
GenServer.cast("stubborn", "crash")
oracle.settle()
counts("one restarting")
oracle.show("restarting", Enum.map(Supervisor.which_children(sup), function(child)
  return { child[1], is_pid(child[2]) and "pid" or child[2], child[3] }
end))
oracle.show_result("delete", Supervisor.delete_child(sup, "stubborn"))
Supervisor.terminate_child(sup, "sup")
counts("supervisor terminated")
oracle.show_result("terminate", Supervisor.terminate_child(sup, "stubborn"))
counts("given up")
oracle.show_result("delete", Supervisor.delete_child(sup, "stubborn"))
counts("deleted")
