-- Agent: https://hexdocs.pm/elixir/1.14/Agent.html
local help, check, _, check_names = ...

Agent = GenServer.module "Agent"
local Server = GenServer.module "Agent.Server"

-- A function to run in the agent: fn itself, or { Module, "name", { argument, … } }.
local function run(fn, ...)
  if type(fn) == "function" then return fn(...) end
  local arguments = table.pack(...)
  table.move(fn[3], 1, #fn[3], arguments.n + 1, arguments)
  return fn[1][fn[2]](table.unpack(arguments, 1, arguments.n + #fn[3]))
end

-- The state that a function returns; one that forgets to is told so.
local function new_state(...)
  if select("#", ...) == 0 then
    error("the agent's function returned no state: is a `return` missing?", 0)
  end
  return (...)
end

function Server.init(fn) return "ok", new_state(run(fn)) end

function Server.handle_call.get(state, from, fn)
  return "reply", (run(fn, state)), state
end

local function replied(state, ...)
  if select("#", ...) == 2 then
    local reply, new = ...
    return "reply", reply, new
  end
  local other = ...
  if select("#", ...) > 1 then other = { ... } end
  return "stop", { "bad_return_value", other }, state
end

function Server.handle_call.get_and_update(state, from, fn)
  return replied(state, run(fn, state))
end

function Server.handle_call.update(state, from, fn)
  return "reply", true, new_state(run(fn, state))
end

function Server.handle_cast.cast(state, fn) return "noreply", new_state(run(fn, state)) end

function Server.handle_info(message, state) return "noreply", state end

function Server.code_change(old, state, fn) return "ok", run(fn, state) end

-- The function that a caller gives, and what comes behind it: fn, … or Module, "name", { … }, …
local function take_function(what, at, fn, ...)
  if type(fn) == "function" then return fn, ... end
  local name, arguments = ...
  check(what, at, "fn", fn, "a function, or a module, a function's name and its arguments",
    type(fn) == "table")
  check(what, at + 1, "name", name, "the name of a function of the module",
    type(name) == "string" and type(fn[name]) == "function")
  check(what, at + 2, "arguments", arguments, "a list of arguments", type(arguments) == "table")
  return { fn, name, arguments }, select(3, ...)
end

-- The same of start_link and start, behind which their options come.
local function take_start(what, fn, ...)
  local taken, opts = take_function(what, 1, fn, ...)
  local at = type(fn) == "function" and 2 or 4
  check(what, at, "opts", opts, "options")
  if opts then
    check_names(what, at, opts, { "name", "timeout", "debug", "hibernate_after", "spawn_opt" })
  end
  return taken, opts
end

-- The function and the timeout of a call of the agent.
local function take_call(what, agent, ...)
  check(what, 1, "agent", agent, "process")
  local fn, timeout = take_function(what, 2, ...)
  check(what, type(...) == "function" and 3 or 5, "timeout", timeout, "timeout")
  return fn, timeout
end

help("Agent", [==[
Agent

A process that keeps a state, for functions that are sent to it. They run inside the agent, one
after the other, and are copied with what they captured.

    pid = Agent.start_link(function() return 1 end)
    Agent.update(pid, function(n) return n + 1 end)
    Agent.get(pid, function(n) return n end)   --> 2]==])

help("Agent.start_link", [==[
start_link(fn [, opts])
start_link(Module, name, arguments [, opts])

Starts an agent linked to the caller, whose state is what fn returns; returns its pid, or nil and
the reason. opts: name, timeout, hibernate_after, debug, spawn_opt, as for GenServer.start_link.

    Agent.start_link(function() return {} end, { name = "cache" })   --> #PID<0.84.0>]==])
function Agent.start_link(...)
  local fn, opts = take_start("Agent.start_link", ...)
  return GenServer.start_link(Server, fn, opts)
end

help("Agent.start", [==[
start(fn [, opts])
start(Module, name, arguments [, opts])

As start_link, without the link.

    Agent.start(function() return 0 end)   --> #PID<0.84.0>]==])
function Agent.start(...)
  local fn, opts = take_start("Agent.start", ...)
  return GenServer.start(Server, fn, opts)
end

help("Agent.get", [==[
get(agent, fn [, timeout = 5000])
get(agent, Module, name, arguments [, timeout = 5000])

What fn makes of the state, as a copy. The function gets the state itself: a change made in a table
of it stays. Exits when no answer comes within timeout ms.

    pid = Agent.start_link(function() return { a = 1 } end)
    Agent.get(pid, function(map) return map.a end)   --> 1]==])
function Agent.get(agent, ...)
  local fn, timeout = take_call("Agent.get", agent, ...)
  return GenServer.call(agent, { "get", fn }, timeout)
end

help("Agent.get_and_update", [==[
get_and_update(agent, fn [, timeout = 5000])
get_and_update(agent, Module, name, arguments [, timeout = 5000])

fn returns two values, the answer and the new state. An agent whose function returns anything else
ends with { "bad_return_value", … }.

    pid = Agent.start_link(function() return 1 end)
    Agent.get_and_update(pid, function(n) return n, n + 1 end)   --> 1]==])
function Agent.get_and_update(agent, ...)
  local fn, timeout = take_call("Agent.get_and_update", agent, ...)
  return GenServer.call(agent, { "get_and_update", fn }, timeout)
end

help("Agent.update", [==[
update(agent, fn [, timeout = 5000])
update(agent, Module, name, arguments [, timeout = 5000])

Replaces the state by what fn makes of it. Returns true once that is done.

    pid = Agent.start_link(function() return 1 end)
    Agent.update(pid, function(n) return n + 1 end)   --> true]==])
function Agent.update(agent, ...)
  local fn, timeout = take_call("Agent.update", agent, ...)
  return GenServer.call(agent, { "update", fn }, timeout)
end

help("Agent.cast", [==[
cast(agent, fn)
cast(agent, Module, name, arguments)

As update, without waiting and without learning whether anybody is there. Returns true.

    pid = Agent.start_link(function() return 1 end)
    Agent.cast(pid, function(n) return n + 1 end)   --> true]==])
function Agent.cast(agent, ...)
  check("Agent.cast", 1, "agent", agent, "process")
  return GenServer.cast(agent, { "cast", (take_function("Agent.cast", 2, ...)) })
end

help("Agent.stop", [==[
stop(agent [, reason = "normal" [, timeout = "infinity"]])

Ends the agent for that reason; returns true once it has ended.

    pid = Agent.start_link(function() return 1 end)
    Agent.stop(pid)   --> true]==])
function Agent.stop(agent, reason, timeout)
  check("Agent.stop", 1, "agent", agent, "process")
  check("Agent.stop", 3, "timeout", timeout, "timeout")
  return GenServer.stop(agent, reason, timeout)
end
