-- args: --virtual --seed 11
-- A thousand processes under nested supervisors; for ten virtual seconds callers call and killers
-- kill at random. Every call is answered or exits with a reason, and nothing is left afterwards.
local GROUPS, ROWS, COLUMNS, CALLERS, KILLERS = 5, 6, 30, 60, 8
local WORKERS = GROUPS * ROWS * COLUMNS

Worker = GenServer.module "Worker"
function Worker.start_link(name) return GenServer.start_link(Worker, name, { name = name }) end

function Worker.init(name)
  Process.flag("trap_exit", math.random(3) == 1)
  if Process.whereis("chaos") and math.random(200) == 1 then return "stop", "bad_start" end
  return "ok", { name = name }
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
  return "reply", state.name, state
end

function Worker.handle_call.relay(state, from, other, ms)
  return "reply", GenServer.call(other, { "work", ms }, 50), state
end

function Worker.handle_info.EXIT(state, pid, reason) return "noreply", state end
function Worker.handle_info.tick(state) return "noreply", state end

Logger.configure { level = "none" }

local function name(i) return "worker" .. i end

local next_worker = 0
local function branch(depth, width)
  local children = {}
  for i = 1, width[depth] do
    if depth == #width then
      next_worker = next_worker + 1
      children[i] = {
        id = i, start = { Worker, "start_link", { name(next_worker) } },
        restart = i % 7 == 0 and "transient" or "permanent",
        shutdown = ({ 20, "brutal_kill", "infinity" })[i % 3 + 1],
      }
    else
      children[i] = { id = i, type = "supervisor", start = { Supervisor, "start_link", branch(depth + 1, width) } }
    end
  end
  local strategy = ({ "one_for_one", "one_for_all", "rest_for_one" })[next_worker % 3 + 1]
  return { children, { strategy = strategy, max_restarts = depth < #width and 1000000 or 5, max_seconds = 1 } }
end

local function told_to_stop()
  return receive { { "stop", function() return true end }, after = { 0, function() return false end } }
end

local function random_request()
  local ms = math.random(0, 40)
  if math.random(5) > 1 then return { "work", ms } end
  return { "relay", name(math.random(WORKERS)), ms }
end

local function caller(main)
  local answered, exited, strange, timer = 0, 0, 0, nil
  repeat
    local ok, result = pcall(GenServer.call, name(math.random(WORKERS)), random_request(), 30)
    if ok and type(result) == "string" then
      answered = answered + 1
    elseif not ok and result.kind == "exit" and result.reason[1] ~= nil then
      exited = exited + 1
    else
      strange = strange + 1
    end
    timer = Process.send_after(name(math.random(WORKERS)), "tick", math.random(100))
    local watched = Process.monitor(name(math.random(WORKERS)))
    Process.sleep(math.random(15))
    Process.demonitor(watched, { "flush" })
  until told_to_stop()
  local left = receive { { _, function(message) return message end }, after = { 0, function() end } }
  send(main, { "report", answered, exited, strange, left == nil, timer, #Process.info(self(), "monitors") })
end

local function killer()
  repeat
    Process.sleep(math.random(150))
    local victim = Process.whereis(name(math.random(WORKERS)))
    if victim and math.random(40) == 1 then victim = Process.info(victim, "parent") end
    if victim then Process.exit(victim, ({ "kill", "boom", "shutdown" })[math.random(3)]) end
  until told_to_stop()
end

Process.flag("trap_exit", true)
local main, before, names_before = self(), #Process.list(), #Process.registered()
local tree = branch(1, { GROUPS, ROWS, COLUMNS })
local root = Supervisor.start_link(tree[1], tree[2])
Process.register(main, "chaos")
print(WORKERS, #Process.list() - before > WORKERS)     -- expect: 900	true

local busy = {}
for _ = 1, CALLERS do busy[#busy + 1] = spawn(caller, main) end
for _ = 1, KILLERS do busy[#busy + 1] = spawn(killer) end
Process.sleep(10000)
print(Process.alive(root))                              -- expect: true

local ends = {}
for i, pid in ipairs(busy) do
  ends[i] = Process.monitor(pid)
  send(pid, "stop")
end
for i in ipairs(busy) do receive { { { "DOWN", ends[i], any, any, "normal" }, function() end } } end

local total = { answered = 0, exited = 0, strange = 0, empty = 0, monitors = 0 }
local timers = {}
for _ = 1, CALLERS do
  receive { { { "report", any, any, any, any, any, any }, function(answered, exited, strange, empty, timer, monitors)
    total.answered, total.exited = total.answered + answered, total.exited + exited
    total.strange, total.monitors = total.strange + strange, total.monitors + monitors
    total.empty = total.empty + (empty and 1 or 0)
    timers[#timers + 1] = timer
  end } }
end
print(total.answered > 10000, total.exited > 1000)      -- expect: true	true
print(total.strange, total.empty, total.monitors)       -- expect: 0	60	0

local active = 0
for _, group in ipairs(Supervisor.which_children(root)) do
  for _, row in ipairs(Supervisor.which_children(group[2])) do
    active = active + Supervisor.count_children(row[2]).active
  end
end
print(active > WORKERS // 2, active <= WORKERS)         -- expect: true	true

print(Supervisor.stop(root))                            -- expect: true
Process.sleep(200)
print(#Process.list() - before)                         -- expect: 0
print(#Process.registered() - names_before)             -- expect: 1
local running = 0
for _, timer in ipairs(timers) do running = running + (Process.read_timer(timer) and 1 or 0) end
print(running, #Process.info(self(), "monitors"))       -- expect: 0	0
local exits = 0
while receive { { { "EXIT", _, _ }, function() return true end }, after = { 0, function() return false end } } do
  exits = exits + 1
end
print(exits >= 1, Process.info(self(), "message_queue_len"))  -- expect: true	0
