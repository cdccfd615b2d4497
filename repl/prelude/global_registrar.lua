-- The registrar of a node's global_name_server: what has to happen on several nodes as one step, it
-- does one after the other, holding the lock "global" on all of them.
local Server = GenServer.module "global"

-- The answers of the name servers of these nodes, { node, answer } each; of those that there are.
local function ask(nodes, ...)
  local monitors, replies = {}, {}
  for i, node in ipairs(nodes) do
    local server = { "global_name_server", node }
    monitors[i] = Process.monitor(server)
    send(server, { "$gen_call", { self(), monitors[i] }, { ... } })
  end
  for i, node in ipairs(nodes) do
    receive {
      { { monitors[i], any }, function(reply)
        replies[#replies + 1] = { node, reply }
        Process.demonitor(monitors[i], { "flush" })
      end },
      { { "DOWN", monitors[i], any, any, any }, function() end },
    }
  end
  return replies
end

local function ask_one(node, ...)
  local reply = ask({ node }, ...)[1]
  if reply then return reply[2] end
end

function Server.random_sleep(times)
  Process.sleep(math.random(times > 5 and 8000 or (1 << times) * 1000 // 8))
end

-- ---- locks

-- On all of the nodes, or none. Those that don't answer don't count.
function Server.lock(id, nodes)
  local replies = ask(nodes, "set_lock", id, self())
  local taken = {}
  for _, reply in ipairs(replies) do
    if reply[2] then taken[#taken + 1] = reply[1] end
  end
  if #taken == #replies then return true end
  ask(taken, "del_lock", id, self())
  return false
end

function Server.unlock(id, nodes) ask(nodes, "del_lock", id, self()) end

-- First on the one whose name comes last, so that of many who want it most are refused at once.
local function lock_from_the_boss(id, nodes)
  local boss = Enum.max_by(nodes, function(name) return name end)
  if not Server.lock(id, { boss }) then return false end
  if #nodes == 1 or Server.lock(id, nodes) then return true end
  Server.unlock(id, { boss })
  return false
end

-- Runs fn(nodes) with this node and those that have the same names, all of them locked
-- (trans_all_known/1).
local function on_all_known(fn)
  local id, me, times = { "global", self() }, Node.self(), 1
  while true do
    local nodes = { me, table.unpack(ask_one(me, "known")) }
    if lock_from_the_boss(id, nodes) then
      local known = ask_one(me, "known")
      local same = Enum.all(known, function(name) return Enum.member(nodes, name) end)
      local result = same and { fn(nodes) }
      Server.unlock(id, nodes)
      if result then return table.unpack(result) end
    end
    Server.random_sleep(times)
    times = times + 1
  end
end

-- ---- names

local function has_other_name(name, pid)
  local other = ask_one(Node.self(), "name_of", pid)
  if other == nil then return false end
  Logger.error(("global: %s registered under several names: %s"):format(inspect(pid),
    inspect { name, other }))
  return true
end

local actions = {}

function actions.register(name, pid, resolve)
  return on_all_known(function(nodes)
    if global.whereis_name(name) or has_other_name(name, pid) then return "no" end
    ask(nodes, "register", self(), name, pid, resolve)
    return "yes"
  end)
end

function actions.re_register(name, pid, resolve)
  return on_all_known(function(nodes)
    ask(nodes, "register", self(), name, pid, resolve)
    return "yes"
  end)
end

function actions.unregister(name)
  return on_all_known(function(nodes)
    ask(nodes, "unregister", self(), name)
    return true
  end)
end

-- "yes", or who has the name. Whoever had it may have ended meanwhile.
function actions.claim(name, pid)
  while true do
    local answer = actions.register(name, pid, global.random_exit_name)
    if answer == "yes" then return answer end
    local holder = global.whereis_name(name)
    if holder then return holder end
  end
end

-- ---- two nodes that meet, and those that have the same names as they

-- What resolve says on the node of its own process: true and that, or false and why it says nothing.
local function resolve(mine, his)
  local _, monitor = Node.spawn_monitor(node(mine[2]), function()
    exit { "resolved", pcall(mine[3], mine[1], his[2], mine[2]) }
  end)
  local reason = receive { { { "DOWN", monitor, any, any, any }, function(_, _, reason) return reason end } }
  if type(reason) ~= "table" or reason[1] ~= "resolved" then return false, reason end
  return reason[2], reason[3]
end

local function report(text, ...) Logger.info("global: " .. text:format(...)) end

-- Which of two entries stays: one of them, or nil (exchange_names/4).
local function choose(mine, his)
  if mine[2] == his[2] then return mine end
  local answered, winner = resolve(mine, his)
  if not answered then
    report("badrpc %s received when conflicting name %s was found", inspect(winner), inspect(mine[1]))
    return his
  end
  if winner == his[2] then return his end
  if winner == mine[2] then return mine end
  if winner ~= "none" then
    report("Resolve method %s for conflicting name %s returned %s", inspect(mine[3]), inspect(mine[1]),
      inspect(winner))
  end
end

local function by_name(entries)
  local map = {}
  for _, entry in ipairs(entries) do map[Server.key_of(entry[1])] = entry end
  return map
end

local function merge(mine, his)
  mine, his = by_name(mine), by_name(his)
  local merged = {}
  for key, entry in pairs(mine) do
    merged[#merged + 1] = not his[key] and entry or choose(entry, his[key])
  end
  for key, entry in pairs(his) do
    if not mine[key] then merged[#merged + 1] = entry end
  end
  return merged
end

local function union(...)
  local list, seen = {}, {}
  for _, names in ipairs { ... } do
    for _, name in ipairs(names) do
      if not seen[name] then list[#list + 1] = name end
      seen[name] = true
    end
  end
  return list
end

local function all_agree(replies, nodes)
  return #replies == #nodes and Enum.all(replies, function(reply) return reply[2] == true end)
end

-- With both nodes locked: who shares names with one of them cannot change.
local function share(id, me, other)
  local mine, his = ask_one(me, "known"), ask_one(other, "known")
  if not his or Enum.member(mine, other) and Enum.member(his, me) then return "done" end
  local nodes = union({ me, other }, mine, his)
  if not Server.lock(id, nodes) then return "again" end
  if all_agree(ask(nodes, "may_share", nodes), nodes) then
    local theirs = ask_one(other, "names")
    if theirs then
      local entries = merge(Server.names(), theirs)
      ask(Enum.reject(nodes, function(name) return name == me end), "share", self(), nodes, entries)
      ask_one(me, "share", self(), nodes, entries)
    end
  else
    send("global_name_server", { "refused", other })
  end
  Server.unlock(id, nodes)
  return "done"
end

local function meet(other)
  local id, me, times = { "global", self() }, Node.self(), 1
  while Enum.member(Node.list(), other) do
    if lock_from_the_boss(id, { me, other }) then
      local result = share(id, me, other)
      Server.unlock(id, { me, other })
      if result == "done" then return end
    end
    Server.random_sleep(times)
    times = times + 1
  end
end

function Server.registrar()
  Process.set_label("global registrar")
  while true do
    local message = receive()
    if message[1] == "meet" then
      meet(message[2])
    else
      local from, action = message[1], message[2]
      GenServer.reply(from, actions[action](table.unpack(message, 3)))
    end
  end
end
