local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Fragile = GenServer.module "Fragile"
function Fragile.start_link(id, agent, main)
  return GenServer.start_link(Fragile, { id, agent, main }, { name = id })
end

function Fragile.init(arg)
  local id, agent, main = arg[1], arg[2], arg[3]
  Process.flag("trap_exit", true)
  local bad = Agent.get_and_update(agent, function(left)
    local count = left[id] or 0
    left[id] = count - 1
    return count > 0, left
  end)
  send(main, { "init", id, bad })
  if bad then return "stop", "not_yet" end
  return "ok", { id, main }
end

function Fragile.handle_cast.crash(state) return "stop", "crash", state end
function Fragile.terminate(reason, state) send(state[2], { "terminate", state[1], reason }) end

oracle.trap_exit()

for place, strategy in ipairs { "one_for_all", "rest_for_one" } do
  for index, failing in ipairs { "a", "b", "c" } do
    local agent = Agent.start_link(function() return {} end)
    local children = Enum.map({ "a", "b", "c" }, function(id)
      return { id = id, start = { Fragile, "start_link", { id, agent, self() } } }
    end)
    local sup = Supervisor.start_link(children, { strategy = strategy, max_restarts = 4 })
    oracle.show_messages("start", 3)
    Agent.update(agent, function() return { [failing] = 2 } end)
    GenServer.cast("b", "crash")
    oracle.settle()
    oracle.show_mailbox(strategy .. " with " .. failing .. " failing")
    oracle.show("alive", Process.alive(sup))
    Agent.update(agent, function() return { [failing] = 100 } end)
    GenServer.cast(failing, "crash")
    oracle.settle()
    oracle.show_mailbox("once more")
    oracle.show("alive", Process.alive(sup))
  end
end
