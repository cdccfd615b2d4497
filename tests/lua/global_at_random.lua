-- args: --virtual --seed 11
-- Three nodes and the program's own; names are registered and given up, processes killed, the net split,
-- slowed down and healed by chance. Once all is quiet all nodes know the same names, each of a living
-- process, and nothing is left of what was.
Logger.configure { level = "warning" }
local nodes = { Node.start("a"), Node.start("b"), Node.start("c") }
local ROUNDS <const>, STEPS <const> = 12, 25
local resolvers = { global.random_exit_name, global.random_notify_name, global.notify_all_name,
  function(_, one, another) return math.random(2) == 1 and one or another end }

local function any_of(list) return list[math.random(#list)] end
local function name() return "name " .. math.random(5) end

-- On each node a worker that does what it is told, and starts the processes that are to have names.
local function idle() Process.sleep("infinity") end
local function work()
  Process.register(self(), "worker")
  while true do
    receive()()
  end
end
for _, node in ipairs(nodes) do Node.spawn(node, work) end

local actions = {
  function() local n, r = name(), any_of(resolvers) return function() global.register_name(n, spawn(idle), r) end end,
  function() local n = name() return function() global.register_name(n, spawn(idle)) end end,
  function() local n = name() return function() global.re_register_name(n, spawn(idle)) end end,
  function() local n = name() return function() global.unregister_name(n) end end,
  function() local n = name() return function()
    local pid = global.whereis_name(n)
    if pid then Process.exit(pid, "kill") end
  end end,
  function() local n = name() return function()
    spawn(function() global.set_lock({ n, self() }, nil, 2) Process.sleep(math.random(100)) end)
  end end,
}

local function disturb()
  local kind = math.random(6)
  if kind == 1 then
    local groups = any_of { { { "a" }, { "b", "c" } }, { { "b" }, { "a", "c" } }, { { "c" }, { "a", "b" } },
      { { "a" }, { "b" }, { "c" } }, { { "main", "a" }, { "b", "c" } } }
    net.split(groups, { noticed_after = math.random(0, 50) })
  elseif kind == 2 then
    net.delay(math.random(0, 20))
  elseif kind == 3 then
    net.heal()
  end
end

-- What the name servers know, asked without the net's help: the same everywhere?
local function tables()
  local list = {}
  for _, reply in ipairs(GenServer.multi_call({ Node.self(), table.unpack(nodes) }, "global_name_server", "names")) do
    local names = {}
    for _, entry in ipairs(reply[2]) do names[#names + 1] = entry[1] .. "=" .. tostring(entry[2]) end
    table.sort(names)
    list[#list + 1] = table.concat(names, " ")
  end
  return list
end

local function all_connect()
  net.heal()
  net.delay(0)
  for _, from in ipairs(nodes) do
    Node.spawn(from, function() for _, to in ipairs(nodes) do Node.ping(to) end end)
  end
  for _, node in ipairs(nodes) do Node.ping(node) end
  Process.sleep(60000)
  global.sync()
end

local function is_alive(pid)
  local ref = Process.monitor(pid)
  local alive = receive { { { "DOWN", ref, any, any, any }, function() return false end },
    after = { 100, function() return true end } }
  Process.demonitor(ref, { "flush" })
  return alive
end

local agreed, named, lively, unlocked, known = 0, 0, true, true, true
for _ = 1, ROUNDS do
  for _ = 1, STEPS do
    disturb()
    for _ = 1, math.random(3) do send({ "worker", any_of(nodes) }, any_of(actions)()) end
    Process.sleep(math.random(0, 80))
  end
  all_connect()
  local list = tables()
  if #list == 4 and list[1] == list[2] and list[1] == list[3] and list[1] == list[4] then agreed = agreed + 1 end
  for _, entry in ipairs(GenServer.call("global_name_server", "names")) do
    named = named + 1
    lively = lively and is_alive(entry[2])
  end
  for _, node in ipairs(nodes) do
    local state = sys.get_state({ "global_name_server", node })
    unlocked = unlocked and next(state.locks) == nil
    known = known and #Map.keys(state.known) == 3 and next(state.apart) == nil and next(state.lost) == nil
      and #Map.keys(state.monitors) == #GenServer.call({ "global_name_server", node }, "names")
      and #Map.keys(state.names_of) == #Map.keys(state.monitors)
  end
end
print(agreed == ROUNDS, named > 20, lively, unlocked, known)    -- expect: true	true	true	true	true
