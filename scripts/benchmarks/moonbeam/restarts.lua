-- one N: a permanent child is killed N times, 2 ms apart.
-- static N, dynamic N: N children of a supervisor are killed once each, all together.

dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

Observed = GenServer.module "Observed"
function Observed.start_link(observer) return GenServer.start_link(Observed, observer) end
function Observed.init(observer)
  send(observer, { "up", self() })
  return "ok", 0
end
function Observed.handle_call.inc(n) return "reply", n + 1, n + 1 end

local options = { strategy = "one_for_one", max_restarts = 100000000, max_seconds = 1 }

local function child(id)
  return { id = id, start = { Observed, "start_link", { self() } } }
end

local function up() return receive()[2] end

local function start_static(n)
  local children = {}
  for i = 1, n do children[i] = child(i) end
  assert(Supervisor.start_link(children, options))
end

local function start_dynamic(n)
  local supervisor = assert(DynamicSupervisor.start_link(options))
  for i = 1, n do assert(DynamicSupervisor.start_child(supervisor, child(i))) end
end

local function restart(pid)
  Process.exit(pid, "kill")
  pid = up()
  assert(GenServer.call(pid, "inc") == 1)
  return pid
end

local function one(n)
  start_static(1)
  local pid = up()
  local times = {}
  for i = 1, n do
    Process.sleep(2)
    local start = now()
    pid = restart(pid)
    times[i] = now() - start
  end
  report("restart_median", middle(times) / 1000, "us")
  report("restart_min", times[1] / 1000, "us")
end

local function all(name, n)
  local pids = {}
  for i = 1, n do pids[i] = up() end
  collectgarbage()
  report(name, time(function()
    for i = 1, n do Process.exit(pids[i], "kill") end
    for _ = 1, n do up() end
  end) / n / 1000, "us")
end

local kind, n = ...
n = tonumber(n)
Logger.configure { level = "none" }
if kind == "one" then
  one(n)
elseif kind == "static" then
  start_static(n)
  all("restarts_static", n)
elseif DynamicSupervisor then
  start_dynamic(n)
  all("restarts_dynamic", n)
end
