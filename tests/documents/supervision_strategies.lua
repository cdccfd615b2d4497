-- args: --virtual
-- "If this process dies, should its siblings die too?" The three answers, side by side.

Worker = GenServer.module "Worker"
function Worker.start_link(name) return GenServer.start_link(Worker, name, { name = name }) end
function Worker.init(name) return "ok", name end

local names = { "database", "cache", "web" }

-- Which of the three are other processes after the cache was killed.
local function restarted_under(strategy)
  local children = Enum.map(names, function(name)
    return { id = name, start = { Worker, "start_link", { name } } }
  end)
  local sup = Supervisor.start_link(children, { strategy = strategy })
  local before = Enum.map(names, GenServer.whereis)
  Process.exit(GenServer.whereis("cache"), "kill")
  Process.sleep(1)
  local after = {}
  for i, name in ipairs(names) do
    if GenServer.whereis(name) ~= before[i] then after[#after + 1] = name end
  end
  Supervisor.stop(sup)
  return inspect(after)
end

print(restarted_under("one_for_one"))   -- expect: { "cache" }
print(restarted_under("one_for_all"))   -- expect: { "database", "cache", "web" }
print(restarted_under("rest_for_one"))  -- expect: { "cache", "web" }

-- They are started in order and stopped in the opposite one.
Loud = GenServer.module "Loud"
function Loud.init(name)
  Process.flag("trap_exit", true)
  print("start", name)
  return "ok", name
end
function Loud.terminate(reason, name) print("stop", name, reason) end
local sup = Supervisor.start_link(Enum.map(names, function(name)
  return { id = name, start = { GenServer, "start_link", { Loud, name } } }
end), { strategy = "one_for_one" })
Supervisor.stop(sup)
-- expect: start	database
-- expect: start	cache
-- expect: start	web
-- expect: stop	web	shutdown
-- expect: stop	cache	shutdown
-- expect: stop	database	shutdown

-- The process that meets an error tells it; the caller decides what to make of it.
Profiles = GenServer.module "Profiles"
function Profiles.init(profiles) return "ok", profiles end
function Profiles.handle_call.fetch(profiles, from, id)
  if profiles.down then return "reply", { "error", { "connection", "econnrefused" } }, profiles end
  local profile = profiles[id]
  if not profile then return "reply", { "error", { "http_status", 404 } }, profiles end
  return "reply", { "ok", profile }, profiles
end

local function fetch_profile(server, id)
  local status, value = table.unpack(GenServer.call(server, { "fetch", id }))
  if status == "ok" then return value end
  return nil, value
end

local server = GenServer.start_link(Profiles, { ada = { name = "Ada" } })
local function page(id) -- one caller shows an empty page …
  local profile, reason = fetch_profile(server, id)
  return profile and profile.name or "nobody (" .. table.concat(reason, " ") .. ")"
end
print(page("ada"), page("bob"))         -- expect: Ada	nobody (http_status 404)
sys.replace_state(server, function() return { down = true } end)
print(page("ada"))                      -- expect: nobody (connection econnrefused)
local function import(id) -- … another gives up
  return assert(fetch_profile(server, id), "cannot import " .. id)
end
local _, problem = pcall(import, "ada")
print(problem:match("cannot.*"))        -- expect: cannot import ada
