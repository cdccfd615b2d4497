-- global: https://www.erlang.org/docs/25/man/global.html — names and locks of all connected nodes. What
-- keeps them is in global_name_server.lua and global_registrar.lua.
local help, check = ...

global = {}

local Server = GenServer.module "global"
local SERVER <const> = "global_name_server"

Node.at_start { id = SERVER, start = { Server, "start_link", {} } }
local begin = Node.begin
Node.begin = nil

local function ask(...)
  global.start()
  return GenServer.call(SERVER, { "registrar", ... }, "infinity")
end

local function check_pid(what, number, pid) check(what, number, "pid", pid, "a pid", is_pid(pid)) end

local function check_resolve(what, resolve)
  check(what, 3, "resolve", resolve, "a function of a name and two pids",
    resolve == nil or type(resolve) == "function")
  return resolve or global.random_exit_name
end

local function check_name(what, name)
  check(what, 1, "name", name, "a value to call a process by", name ~= nil)
  check(what, 1, "name", name, "message")
end

help("global", [==[
global

Names that are known on all connected nodes, and locks between these. Each node has the whole table, so that
a name is looked up without asking anybody. When nodes meet that have the same name for different processes,
a function decides which of them keeps it. GenServer and the others take { "global", name } for a name.

    Agent.start_link(function() return 42 end, { name = { "global", "answer" } })
    Node.start("b")
    Node.spawn("b", function() print(Agent.get({ "global", "answer" }, function(n) return n end)) end)]==])

function global.start()
  if not Process.whereis(SERVER) then begin() end
  return Process.whereis(SERVER)
end
help("global.start", [==[
start()

The process that keeps the names of this node. It is there from the first Node.start on, or the first use.

    is_pid(global.start())   --> true]==])

---------------------------------------------------------------------------------------------- names

function global.whereis_name(name)
  check_name("global.whereis_name", name)
  if ETS.whereis("global_names") == "undefined" then return nil end
  local entry = ETS.lookup("global_names", name)[1]
  local pid = entry and entry[2]
  local ended = pid and node(pid) == node() and not Process.alive(pid) -- and its DOWN is under way
  return not ended and pid or nil
end
help("global.whereis_name", [==[
whereis_name(name)

The process that has the name, or nil.

    global.whereis_name("nobody")   --> nil]==])

function global.register_name(name, pid, resolve)
  check_name("global.register_name", name)
  check_pid("global.register_name", 2, pid)
  return ask("register", name, pid, check_resolve("global.register_name", resolve))
end
help("global.register_name", [==[
register_name(name, pid [, resolve = global.random_exit_name])

Gives the process the name on all connected nodes, until it ends or its node is lost. Returns "yes", or "no":
somebody has the name, or the process has another. resolve(name, pid1, pid2) is asked when two nodes meet
that know different processes by the name; it returns the one that keeps it, or "none".

    global.register_name("me", self())        --> "yes"
    global.register_name("me", self())        --> "no"
    global.whereis_name("me") == self()       --> true]==])

function global.re_register_name(name, pid, resolve)
  check_name("global.re_register_name", name)
  check_pid("global.re_register_name", 2, pid)
  return ask("re_register", name, pid, check_resolve("global.re_register_name", resolve))
end
help("global.re_register_name", [==[
re_register_name(name, pid [, resolve = global.random_exit_name])

As register_name, and takes the name from whoever has it. Returns "yes".

    global.re_register_name("me", self())   --> "yes"]==])

function global.unregister_name(name)
  check_name("global.unregister_name", name)
  if global.whereis_name(name) then ask("unregister", name) end
  return true
end
help("global.unregister_name", [==[
unregister_name(name)

Takes the name away, on all connected nodes. Returns true.

    global.unregister_name("me")   --> true]==])

function global.registered_names()
  if ETS.whereis("global_names") == "undefined" then return {} end
  return Enum.map(ETS.tab2list("global_names"), function(entry) return entry[1] end)
end
help("global.registered_names", [==[
registered_names()

All names that are known here.

    global.registered_names()   --> {}]==])

function global.send(name, message)
  check_name("global.send", name)
  check("global.send", 2, "message", message, "message")
  local pid = global.whereis_name(name)
  if not pid then exit { "badarg", { name, message } } end
  send(pid, message)
  return pid
end
help("global.send", [==[
send(name, message)

Sends a message to the process that has the name and returns its pid; exits with { "badarg", { name, message } }
when nobody has it.

    global.register_name("me", self())
    global.send("me", "hello") == self()   --> true]==])

function global.sync()
  global.start()
  return GenServer.call(SERVER, "sync", "infinity")
end
help("global.sync", [==[
sync()

Waits until this node has the same names as those it is connected to. Returns true.

    Node.start("b")
    Node.connect("b")
    global.sync()   --> true]==])

---------------------------------------------------------------------------------------- conflicts

local function check_conflict(what, name, pid1, pid2)
  check_name(what, name)
  check(what, 2, "pid1", pid1, "a pid", is_pid(pid1))
  check(what, 3, "pid2", pid2, "a pid", is_pid(pid2))
end

local function in_order(one, another)
  if node(one) < node(another) then return one, another end
  return another, one
end

function global.random_exit_name(name, one, another)
  check_conflict("global.random_exit_name", name, one, another)
  local first, last = in_order(one, another)
  Logger.info("global: Name conflict terminating " .. inspect({ name, last }, { width = 0 }))
  Process.exit(last, "kill")
  return first
end
help("global.random_exit_name", [==[
random_exit_name(name, pid1, pid2)

For register_name: the process on the node whose name comes first keeps the name, the other is killed.

    global.register_name("me", self(), global.random_exit_name)   --> "yes"]==])

function global.random_notify_name(name, one, another)
  check_conflict("global.random_notify_name", name, one, another)
  local first, last = in_order(one, another)
  send(last, { "global_name_conflict", name })
  return first
end
help("global.random_notify_name", [==[
random_notify_name(name, pid1, pid2)

For register_name: the process on the node whose name comes first keeps the name, the other gets
{ "global_name_conflict", name }.

    global.register_name("me", self(), global.random_notify_name)   --> "yes"]==])

function global.notify_all_name(name, one, another)
  check_conflict("global.notify_all_name", name, one, another)
  send(one, { "global_name_conflict", name, another })
  send(another, { "global_name_conflict", name, one })
  return "none"
end
help("global.notify_all_name", [==[
notify_all_name(name, pid1, pid2)

For register_name: both lose the name, and each gets { "global_name_conflict", name, the other }.

    global.register_name("me", self(), global.notify_all_name)   --> "yes"]==])

-------------------------------------------------------------------------------------------- locks

local function check_id(what, id)
  check(what, 1, "id", id, "{ resource, who asks for it }", type(id) == "table" and #id == 2)
end

-- By default all connected nodes, and this one.
local function check_nodes(what, number, nodes)
  check(what, number, "nodes", nodes, "a list of names of nodes", nodes == nil or
    type(nodes) == "table" and Enum.all(nodes, function(node) return type(node) == "string" end))
  global.start()
  return nodes or { Node.self(), table.unpack(Node.list()) }
end

local function check_retries(what, number, retries)
  check(what, number, "retries", retries, 'a natural number or "infinity"', retries == nil or
    retries == "infinity" or math.type(retries) == "integer" and retries >= 0)
  return retries or "infinity"
end

local function set_lock(id, nodes, retries)
  local times = 1
  while not Server.lock(id, nodes) do
    if times == (retries == "infinity" and 0 or retries + 1) then return false end
    Server.random_sleep(times)
    times = times + 1
  end
  return true
end

function global.set_lock(id, nodes, retries)
  check_id("global.set_lock", id)
  nodes = check_nodes("global.set_lock", 2, nodes)
  return set_lock(id, nodes, check_retries("global.set_lock", 3, retries))
end
help("global.set_lock", [==[
set_lock(id [, nodes [, retries = "infinity"]])

Locks id[1] on the nodes, by default on all that are connected and this one, for whoever names the same
id[2]; waits while somebody else has it, trying again after random times. Returns whether it has. A lock
ends with the process that has set it.

    global.set_lock({ "printer", self() })          --> true
    global.set_lock({ "printer", "me" }, nil, 0)    --> false]==])

function global.del_lock(id, nodes)
  check_id("global.del_lock", id)
  Server.unlock(id, check_nodes("global.del_lock", 2, nodes))
  return true
end
help("global.del_lock", [==[
del_lock(id [, nodes])

Gives a lock back that the caller has set. Returns true.

    global.set_lock({ "printer", self() })
    global.del_lock({ "printer", self() })   --> true]==])

function global.trans(id, fn, nodes, retries)
  check_id("global.trans", id)
  check("global.trans", 2, "fn", fn, "a function", type(fn) == "function")
  nodes = check_nodes("global.trans", 3, nodes)
  if not set_lock(id, nodes, check_retries("global.trans", 4, retries)) then return "aborted" end
  local result = table.pack(pcall(fn))
  Server.unlock(id, nodes)
  if not result[1] then error(result[2], 0) end
  return table.unpack(result, 2, result.n)
end
help("global.trans", [==[
trans(id, fn [, nodes [, retries = "infinity"]])

What fn() returns, run while the lock is set (h(global.set_lock)); "aborted" when it cannot be.

    global.trans({ "printer", self() }, function() return "printed" end)   --> "printed"]==])
