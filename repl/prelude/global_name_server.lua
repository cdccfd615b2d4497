-- The process global_name_server of a node (global.erl): keeps the table of names that all connected
-- nodes have in common, and this node's part of the locks. What takes several nodes is done by its
-- registrar (global_registrar.lua), so that the server itself never waits.
--
--     known      the nodes that have the same table
--     connected  all that this one is connected to
--     lost       pairs of nodes that are known to have lost each other
--     apart      the connected nodes that don't share their names with this one
--
-- A node that is connected to two which have lost each other would carry names from one side to the
-- other. OTP closes its connections ("to prevent overlapping partitions"); here it keeps them, and
-- shares no names with either until the two have met again.
local Server = GenServer.module "global"
local TABLE <const> = "global_names" -- { name, pid, resolve, monitor }

local function tell(node, ...) send({ "global_name_server", node }, { ... }) end

local function keys(set)
  local list = {}
  for key in pairs(set) do list[#list + 1] = key end
  return list
end

local function without(list, value)
  return Enum.reject(list, function(other) return other == value end)
end

-- A key of a Lua table for any value.
function Server.key_of(value) return inspect(value, { limit = "infinity", width = 0 }) end

-- ---- names

-- The table as { name, pid, resolve } each.
function Server.names()
  return Enum.map(ETS.tab2list(TABLE), function(entry) return { entry[1], entry[2], entry[3] } end)
end

local function delete_name(state, name)
  local entry = ETS.lookup(TABLE, name)[1]
  if not entry then return end
  local pid, monitor = entry[2], entry[4]
  Process.demonitor(monitor, { "flush" })
  state.monitors[monitor] = nil
  if equal(state.names_of[pid], name) then state.names_of[pid] = nil end
  ETS.delete(TABLE, name)
end

local function insert_name(state, name, pid, resolve)
  delete_name(state, name)
  local monitor = Process.monitor(pid)
  state.monitors[monitor] = { name = name }
  state.names_of[pid] = name
  ETS.insert(TABLE, { { name, pid, resolve, monitor } })
end

local function delete_names_of_node(state, gone)
  for _, entry in ipairs(ETS.tab2list(TABLE)) do
    if node(entry[2]) == gone then delete_name(state, entry[1]) end
  end
end

-- ---- locks: { requester =, holders = { [pid] = monitor } } by resource

local function set_lock(state, id, pid)
  local key, requester = Server.key_of(id[1]), id[2]
  local lock = state.locks[key] or { requester = requester, holders = {} }
  if not equal(lock.requester, requester) then return false end
  if not lock.holders[pid] then
    local monitor = Process.monitor(pid)
    lock.holders[pid] = monitor
    state.monitors[monitor] = { lock = key, holder = pid }
  end
  state.locks[key] = lock
  return true
end

local function drop_lock(state, key, pid)
  local lock = state.locks[key]
  local monitor = lock and lock.holders[pid]
  if not monitor then return end
  Process.demonitor(monitor, { "flush" })
  state.monitors[monitor] = nil
  lock.holders[pid] = nil
  if next(lock.holders) == nil then state.locks[key] = nil end
end

-- The registrar whose work this is part of still has the lock here: else its connection was lost
-- meanwhile, and what it does is done without this node.
local function is_locked_by(state, registrar)
  local lock = state.locks[Server.key_of("global")]
  return lock ~= nil and lock.holders[registrar] ~= nil
end

-- ---- who shares names with whom

local function pair(a, b) return a < b and a .. " " .. b or b .. " " .. a end

-- Whether it has lost a node that this one is connected to.
local function is_between(state, one)
  for other in pairs(state.connected) do
    if state.lost[pair(one, other)] then return true end
  end
  return false
end

-- Once nobody is about to change the tables: what is known here, the others know too.
local function answer_syncs(state)
  if state.locks[Server.key_of("global")] then return end
  for other in pairs(state.connected) do
    if not state.known[other] and not state.apart[other] then return end
  end
  for _, from in ipairs(state.syncs) do GenServer.reply(from, true) end
  state.syncs = {}
end

-- Has the names of the two nodes brought together, by the one whose name comes first.
local function meet(state, other)
  if is_between(state, other) then
    state.apart[other] = true
  elseif Node.self() < other then
    send(state.registrar, { "meet", other })
  else
    tell(other, "meet", Node.self())
  end
end

local function part(state, other)
  state.known[other], state.apart[other] = nil, true
  delete_names_of_node(state, other)
end

local function tell_others(state, ...)
  for other in pairs(state.connected) do tell(other, ...) end
end

local function nodeup(state, other)
  if state.connected[other] then return end
  state.connected[other] = true
  tell_others(state, "connected", Node.self(), other)
  meet(state, other)
end

local function forget_lost(state, other)
  for _, key in ipairs(keys(state.lost)) do
    local a, b = key:match("^(%S+) (%S+)$")
    if a == other or b == other then state.lost[key] = nil end
  end
end

-- Those that were between this node and the others have no reason any more to be apart.
local function meet_again(state)
  for other in pairs(state.apart) do
    if state.connected[other] and not is_between(state, other) then
      state.apart[other] = nil
      meet(state, other)
    end
  end
end

-- ---- the server

function Server.start_link()
  return GenServer.start_link(Server, nil, { name = "global_name_server" })
end

function Server.init()
  ETS.new(TABLE, { "set", "protected", "named_table", read_concurrency = true })
  net_kernel.monitor_nodes(true)
  local state = {
    known = {}, connected = {}, lost = {}, apart = {},
    locks = {}, monitors = {}, names_of = {}, syncs = {},
    registrar = spawn_link(Server.registrar, self()),
  }
  for _, other in ipairs(Node.list()) do nodeup(state, other) end
  return "ok", state
end

-- What the registrar is asked to do; it answers.
function Server.handle_call.registrar(state, from, ...)
  send(state.registrar, { from, ... })
  return "noreply", state
end

-- From a server that starts under a global name.
function Server.handle_call.claim(state, from, name)
  send(state.registrar, { from, "claim", name, from[1] })
  return "noreply", state
end

function Server.handle_call.known(state) return "reply", keys(state.known), state end

function Server.handle_call.names(state) return "reply", Server.names(), state end

function Server.handle_call.name_of(state, _, pid) return "reply", state.names_of[pid], state end

function Server.handle_call.register(state, _, registrar, name, pid, resolve)
  local locked = is_locked_by(state, registrar)
  if locked then insert_name(state, name, pid, resolve) end
  return "reply", locked, state
end

function Server.handle_call.unregister(state, _, registrar, name)
  local locked = is_locked_by(state, registrar)
  if locked then delete_name(state, name) end
  return "reply", locked, state
end

function Server.handle_call.set_lock(state, _, id, pid)
  return "reply", set_lock(state, id, pid), state
end

function Server.handle_call.del_lock(state, _, id, pid)
  local key = Server.key_of(id[1])
  local lock = state.locks[key]
  if lock and equal(lock.requester, id[2]) then drop_lock(state, key, pid) end
  answer_syncs(state)
  return "reply", true, state
end

-- Whether this node can share its names with all of these.
function Server.handle_call.may_share(state, _, nodes)
  for _, other in ipairs(without(nodes, Node.self())) do
    if not Node.connect(other) then return "reply", false, state end
    if is_between(state, other) then return "reply", false, state end
  end
  return "reply", true, state
end

-- entries: { name, pid, resolve }, the table of all these nodes from now on.
function Server.handle_call.share(state, _, registrar, nodes, entries)
  if not is_locked_by(state, registrar) then return "reply", false, state end
  local wanted = {}
  for _, entry in ipairs(entries) do wanted[Server.key_of(entry[1])] = entry end
  for _, old in ipairs(ETS.tab2list(TABLE)) do
    local new = wanted[Server.key_of(old[1])]
    if not new or new[2] ~= old[2] then delete_name(state, old[1]) end
  end
  for _, entry in ipairs(entries) do
    if not ETS.member(TABLE, entry[1]) then insert_name(state, table.unpack(entry, 1, 3)) end
  end
  for _, other in ipairs(without(nodes, Node.self())) do
    state.known[other], state.apart[other] = true, nil
  end
  answer_syncs(state)
  return "reply", true, state
end

function Server.handle_call.sync(state, from)
  table.insert(state.syncs, from)
  answer_syncs(state)
  return "noreply", state
end

function Server.handle_info.nodeup(state, other)
  nodeup(state, other)
  return "noreply", state
end

function Server.handle_info.nodedown(state, other)
  state.connected[other], state.known[other], state.apart[other] = nil, nil, nil
  forget_lost(state, other)
  tell_others(state, "lost_connection", Node.self(), other)
  meet_again(state)
  answer_syncs(state)
  return "noreply", state
end

function Server.handle_info.lost_connection(state, one, another)
  if not (state.connected[one] and state.connected[another]) then return "noreply", state end
  state.lost[pair(one, another)] = true
  for _, other in ipairs { one, another } do
    if state.connected[other] and not state.apart[other] and is_between(state, other) then
      part(state, other)
      tell(other, "part", Node.self())
    end
  end
  answer_syncs(state)
  return "noreply", state
end

function Server.handle_info.connected(state, one, another)
  state.lost[pair(one, another)] = nil
  meet_again(state)
  return "noreply", state
end

function Server.handle_info.part(state, other)
  if state.connected[other] then part(state, other) end
  answer_syncs(state)
  return "noreply", state
end

-- The registrar has found that one of all those concerned cannot see another.
function Server.handle_info.refused(state, other)
  if state.connected[other] then
    part(state, other)
    tell(other, "part", Node.self())
  end
  answer_syncs(state)
  return "noreply", state
end

-- The other one wants to share names; it does not know this node, whatever this one thinks.
function Server.handle_info.meet(state, other)
  if state.connected[other] then
    state.known[other], state.apart[other] = nil, nil
    meet(state, other)
  end
  return "noreply", state
end

function Server.handle_info.DOWN(state, monitor)
  local of = state.monitors[monitor]
  if of and of.lock then
    drop_lock(state, of.lock, of.holder)
    answer_syncs(state)
  elseif of then
    delete_name(state, of.name)
  end
  return "noreply", state
end

Server.handle_info["_"] = function(state, message)
  Logger.warning("The global_name_server received an unexpected message:\n" .. inspect(message))
  return "noreply", state
end
