-- Chaos: processes under nested supervisors of every kind, which own tables, are registered, watch
-- each other and start timers, while callers call and killers kill at random, by seed.
--
-- chaos.run { seed =, ms =, groups =, rows =, columns =, callers =, killers = } returns what came of
-- the calls, after the tree was stopped; chaos.counts() is what lives in the node.
local chaos = {}
local INFRASTRUCTURE = { "names", "topics", "news", "dynamic", "parts", "tasks" }

Worker = GenServer.module "Worker"
-- One whose supervisor was killed may still be busy, and has the name until it ends.
function Worker.start_link(name)
  local monitor = Process.monitor(name)
  receive { { { "DOWN", monitor, any, any, any }, function() end } , after = { 100, function() end } }
  Process.demonitor(monitor, { "flush" })
  return GenServer.start_link(Worker, name, { name = name })
end

-- Whatever of these is not there just now is done without.
local function settle_in(name)
  pcall(Registry.register, "names", name, #name)
  pcall(Registry.register, "topics", "topic" .. #name, name)
  pcall(PubSub.subscribe, "news", "everything")
  local table = ETS.new("things", {})
  ETS.insert(table, { name, "a thing" })
  return table
end

function Worker.init(name)
  Process.flag("trap_exit", math.random(3) == 1)
  if Process.whereis("chaos") and math.random(200) == 1 then return "stop", "bad_start" end
  return "ok", { name = name, table = settle_in(name) }
end

function Worker.handle_call.work(state, from, ms)
  local luck = math.random(60)
  if luck == 1 then error("bad luck") end
  if luck == 2 then exit("worse luck") end
  if luck == 3 then return "stop", "normal", "last words", state end
  if luck == 4 then
    spawn(function() Process.sleep(ms) GenServer.reply(from, state.name) end)
    return "noreply", state
  end
  if luck == 5 then Process.sleep(ms) end
  ETS.insert(state.table, { luck, from[1] })
  return "reply", state.name, state
end

function Worker.handle_call.relay(state, from, other, ms)
  return "reply", GenServer.call(other, { "work", ms }, 50), state
end

function Worker.handle_info.EXIT(state, pid, reason) return "noreply", state end
function Worker.handle_info.tick(state) return "noreply", state end
function Worker.handle_info.news(state) return "noreply", state end

local function name(i) return "worker" .. i end

local function worker_spec(i)
  return {
    id = i, start = { Worker, "start_link", { name(i) } },
    restart = i % 7 == 0 and "transient" or "permanent",
    shutdown = ({ 20, "brutal_kill", "infinity" })[i % 3 + 1],
  }
end

-- { children, options } of a supervisor at that depth.
local function branch(tree, depth)
  local children = {}
  for i = 1, tree.width[depth] do
    if depth == #tree.width then
      tree.workers = tree.workers + 1
      children[i] = worker_spec(tree.workers)
    else
      local start = { Supervisor, "start_link", branch(tree, depth + 1) }
      children[i] = { id = i, type = "supervisor", start = start }
    end
  end
  local strategy = ({ "one_for_one", "one_for_all", "rest_for_one" })[tree.workers % 3 + 1]
  local most = depth < #tree.width and 1000000 or 5
  return { children, { strategy = strategy, max_restarts = most, max_seconds = 1 } }
end

local function whole_tree(options)
  local tree = { workers = 0, width = { options.groups, options.rows, options.columns } }
  local root = branch(tree, 1)
  local dynamic = { strategy = "one_for_one", max_restarts = 1000 }
  for _, child in ipairs {
    { Registry, { keys = "unique", name = "names" } },
    { Registry, { keys = "duplicate", name = "topics" } },
    { PubSub, { name = "news" } },
    { DynamicSupervisor, { name = "dynamic", strategy = "one_for_one", max_restarts = 1000 } },
    { PartitionSupervisor, { name = "parts", child_spec = { DynamicSupervisor, dynamic } } },
    { Task.Supervisor, { name = "tasks" } },
  } do
    root[1][#root[1] + 1] = child
  end
  return root, tree.workers
end

local function told_to_stop()
  return receive { { "stop", function() return true end }, after = { 0, function() return false end } }
end

local function forget_messages()
  while receive { { _, function() return true end }, after = { 0, function() return false end } } do end
end

local function random_request(workers)
  local ms = math.random(0, 40)
  if math.random(5) > 1 then return { "work", ms } end
  return { "relay", name(math.random(workers)), ms }
end

-- What a caller does besides calling; each may fail with an exit or an error of its own.
local ASIDES = {
  function(i)
    Task.await(Task.Supervisor.async_nolink("tasks", function() Process.sleep(i % 20) return i end), 10)
  end,
  function(i)
    DynamicSupervisor.start_child("dynamic",
      { id = i, restart = "temporary", start = { Task, "start_link", { function() Process.sleep(i) end } } })
  end,
  function(i)
    DynamicSupervisor.start_child({ "via", PartitionSupervisor, { "parts", i } },
      { id = i, restart = "transient", start = { Agent, "start_link", { function() return i end } } })
  end,
  function() PubSub.broadcast("news", "everything", { "news" }) end,
  function(i) Registry.dispatch("topics", "topic" .. i % 10, function(entries) return #entries end) end,
  function(i)
    local table = ETS.new("of_a_caller", {})
    ETS.insert(table, { i, self() })
    ETS.give_away(table, Process.whereis(name(i)), "a gift")
  end,
}

local function caller(main, workers)
  local answered, exited, strange, timer = 0, 0, 0, nil
  repeat
    local ok, result = pcall(GenServer.call, name(math.random(workers)), random_request(workers), 30)
    if ok and type(result) == "string" then
      answered = answered + 1
    elseif not ok and result.kind == "exit" and result.reason[1] ~= nil then
      exited = exited + 1
    else
      strange = strange + 1
    end
    if math.random(8) == 1 then pcall(ASIDES[math.random(#ASIDES)], math.random(workers)) end
    timer = Process.send_after(name(math.random(workers)), "tick", math.random(100))
    local watched = Process.monitor(name(math.random(workers)))
    Process.sleep(math.random(15))
    Process.demonitor(watched, { "flush" })
  until told_to_stop()
  Process.cancel_timer(timer)
  forget_messages()
  send(main, { "report", answered, exited, strange })
end

local function killer(main, workers)
  repeat
    Process.sleep(math.random(150))
    local victim = Process.whereis(name(math.random(workers)))
    local luck = math.random(40)
    if victim and luck == 1 then victim = Process.info(victim, "parent") end
    if luck == 2 then victim = Process.whereis(INFRASTRUCTURE[math.random(#INFRASTRUCTURE)]) end
    if victim then Process.exit(victim, ({ "kill", "boom", "shutdown" })[math.random(3)]) end
  until told_to_stop()
end

local function stop_all(busy)
  for _, pid in ipairs(busy) do
    local monitor = Process.monitor(pid)
    send(pid, "stop")
    receive { { { "DOWN", monitor, any, any, "normal" }, function() end } }
  end
end

-- A supervisor may give up while it is asked.
local function children_of(supervisor)
  local ok, children = pcall(Supervisor.which_children, supervisor)
  return ok and children or {}
end

local function active_workers(root)
  local active = 0
  for _, group in ipairs(children_of(root)) do
    for _, row in ipairs(math.type(group[1]) == "integer" and children_of(group[2]) or {}) do
      for _, worker in ipairs(children_of(row[2])) do
        active = active + (is_pid(worker[2]) and 1 or 0)
      end
    end
  end
  return active
end

function chaos.run(options)
  math.randomseed(options.seed)
  Process.flag("trap_exit", true)
  local main, busy, tree, workers = self(), {}, whole_tree(options)
  local root = assert(Supervisor.start_link(tree[1], tree[2]))
  Process.register(main, "chaos")
  local total = { workers = workers, processes = #Process.list(), answered = 0, exited = 0, strange = 0 }
  for _ = 1, options.callers do busy[#busy + 1] = spawn(caller, main, workers) end
  for _ = 1, options.killers do busy[#busy + 1] = spawn(killer, main, workers) end
  Process.sleep(options.ms)
  stop_all(busy)
  for _ = 1, options.callers do
    receive { { { "report", any, any, any }, function(answered, exited, strange)
      total.answered, total.exited = total.answered + answered, total.exited + exited
      total.strange = total.strange + strange
    end } }
  end
  total.survived = Process.alive(root)
  total.active = active_workers(root)
  Process.unregister("chaos")
  Supervisor.stop(root)
  Process.sleep(200)
  forget_messages()
  Process.flag("trap_exit", false)
  return total
end

-- The event log lets go of what it held when it has gone round.
local function clean_up()
  for _ = 1, 10000 do send(self(), "round") end
  forget_messages()
  collectgarbage()
  collectgarbage()
end

function chaos.counts()
  clean_up()
  return Map.delete(erlang.system_info(), "longest_idle_collection") -- a record, which may grow
end

function chaos.bytes()
  clean_up()
  return erlang.memory("total")
end

-- What there is more or less of than `before`, as a text.
function chaos.left_behind(before)
  local left = {}
  for what, count in pairs(chaos.counts()) do
    if count ~= before[what] then left[#left + 1] = what .. " " .. count - before[what] end
  end
  return #left > 0 and table.concat(left, ", ") or "nothing"
end

return chaos
