-- The state is handed on by reference, what Agent.get gives is a copy.
local pid = Agent.start_link(function() return { list = { 1 } } end)
local copy = Agent.get(pid, function(state) return state.list end)
copy[1] = "spoilt"
print(Agent.get(pid, function(state) return state.list[1] end))      -- expect: 1
Agent.get(pid, function(state) state.list[1] = 2 end)
print(Agent.get(pid, function(state) return state.list[1] end))      -- expect: 2

-- A function may wait, and answer false and nil.
print(Agent.get(pid, function() Process.sleep(5) return false end))  -- expect: false
print(Agent.get(pid, function() return nil end))                     -- expect: nil
Agent.update(pid, function() return nil end)
print(Agent.get(pid, function(state) return state end))              -- expect: nil

-- A module of one's own starts an agent as a child.
Cache = GenServer.module "Cache"
function Cache.start_link(map)
  return Agent.start_link(function() return map end, { name = Cache })
end
function Cache.get(key) return Agent.get(Cache, function(map) return map[key] end) end
local sup = Supervisor.start_link({ { Cache, { a = 1 } } }, { strategy = "one_for_one" })
print(Cache.get("a"), Cache.get("b"))                                -- expect: 1	nil

local function complain(fn, ...)
  local ok, err = pcall(fn, ...)
  print((tostring(err):gsub("^.-:%d+: ", "")))
end
complain(Agent.start_link, 12)
-- expect: bad argument #1 to 'Agent.start_link' (fn: a function, or a module, a function's name and its arguments expected, got 12)
complain(Agent.update, pid, Cache)
-- expect: bad argument #3 to 'Agent.update' (name: the name of a function of the module expected, got nil)
complain(Agent.cast, pid, Cache, "none", {})
-- expect: bad argument #3 to 'Agent.cast' (name: the name of a function of the module expected, got "none")
complain(Agent.get, 12, print)
-- expect: bad argument #1 to 'Agent.get' (agent: a pid, a name, { name, node }, { "via", module, name } or { "global", name } expected, got 12)

-- Who forgets to return the new state is told so.
Logger.configure { level = "none" }
pid = Agent.start(function() return 1 end)
local ok, err = pcall(Agent.update, pid, function(n) n = n + 1 end)
print(ok, err.reason[1][1])
-- expect: false	the agent's function returned no state: is a `return` missing?
