-- Workers under nested supervisors, callers and killers that leave everything to chance, for ten
-- virtual seconds.
local WORKERS, CALLERS, KILLERS = 12, 6, 3

Worker = GenServer.module "Worker"
function Worker.start_link(name) return GenServer.start_link(Worker, name, { name = name }) end
function Worker.init(name) return "ok", { name = name, calls = 0 } end
function Worker.handle_call.work(state, from, ms)
  if math.random(10) == 1 then error("bad luck") end
  Process.sleep(ms)
  state.calls = state.calls + 1
  return "reply", { worker = state.name, calls = state.calls }, state
end
function Worker.handle_cast.forget(state) state.calls = 0 return "noreply", state end
function Worker.handle_info.tick(state) return "noreply", state end

Logger.configure { level = "none" }

local function name(i) return "worker" .. i end

local groups = {}
for g = 1, 3 do
  local children = {}
  for i = g, WORKERS, 3 do
    children[#children + 1] = { id = name(i), start = { Worker, "start_link", { name(i) } } }
  end
  local strategy = ({ "one_for_one", "one_for_all", "rest_for_one" })[g]
  local options = { strategy = strategy, max_restarts = 1000, max_seconds = 1 }
  groups[g] = {
    id = "group" .. g, type = "supervisor", start = function()
      return Supervisor.start_link(children, options)
    end,
  }
end
Supervisor.start_link(groups, { strategy = "one_for_one", max_restarts = 1000 })

for _ = 1, CALLERS do
  spawn(function()
    while true do
      pcall(GenServer.call, name(math.random(WORKERS)), { "work", math.random(0, 40) }, 30)
      GenServer.cast(name(math.random(WORKERS)), "forget")
      Process.send_after(name(math.random(WORKERS)), "tick", math.random(100))
    end
  end)
end

for _ = 1, KILLERS do
  spawn(function()
    while true do
      Process.sleep(math.random(200))
      local pid = Process.whereis(name(math.random(WORKERS)))
      if pid then Process.exit(pid, ({ "kill", "boom", "shutdown" })[math.random(3)]) end
    end
  end)
end

local hog = spawn(function() while true do math.random() end end)
Process.sleep(100)
Process.exit(hog, "kill")
Process.sleep(10000)
