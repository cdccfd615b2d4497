-- Let it crash: a supervised counter serves callers without a pause while somebody shoots it.
--
--     scripts/moonbeam scripts/demos/let_it_crash.lua [SECONDS]
--     scripts/moonbeam --virtual scripts/demos/let_it_crash.lua
--
-- Under the real clock, "back after" is how long the service was without a process.

local SECONDS = tonumber((...)) or 10
local CLIENTS = 4
local colours = not os.getenv("NO_COLOR") or os.getenv("NO_COLOR") == ""

local function paint(code, text)
  return colours and "\27[" .. code .. "m" .. text .. "\27[0m" or text
end

local function now() return System.monotonic_time("microsecond") end

-- ---- The service

Counter = GenServer.module "Counter"

function Counter.start_link() return GenServer.start_link(Counter, 0, { name = Counter }) end
function Counter.init(start) return "ok", start end
function Counter.handle_call.add(count) return "reply", count + 1, count + 1 end

-- ---- Those who use it

-- Calls the counter without a break, a thousand times a second at most, and reports when asked to.
function client()
  local answered, failed = 0, 0
  while true do
    if pcall(GenServer.call, "Counter", "add") then
      answered = answered + 1
    else
      failed = failed + 1
    end
    local ask = receive { { { "report", _ }, function(to) return to end }, after = { 1, function() end } }
    if ask then
      send(ask, { "report", answered, failed })
      return
    end
  end
end

-- ---- The one who shoots

-- Waits until the name belongs to another process than the one that died.
local function wait_for_another(dead)
  while true do
    local pid = Process.whereis("Counter")
    if pid and pid ~= dead then return pid end
    Process.sleep(0)
  end
end

local function shoot()
  local victim = Process.whereis("Counter")
  local before = GenServer.call("Counter", "add")
  local shot_at = now()
  Process.exit(victim, "kill")
  local successor = wait_for_another(victim)
  local back_after = now() - shot_at
  local answer = GenServer.call("Counter", "add")
  return { victim = victim, count = before, successor = successor, back_after = back_after, answer = answer }
end

local function tell(number, shot)
  print(string.format("%s  %s %s at %-8d %s %s %s   %s",
    paint("2", string.format("%3d", number)),
    paint("31", "✗"), inspect(shot.victim), shot.count,
    paint("32", "✓"), inspect(shot.successor),
    paint("1;33", string.format("back after %5d µs", shot.back_after)),
    paint("36", string.format("answers %d", shot.answer))))
end

-- ---- The summary

local function median(values)
  table.sort(values)
  return values[(#values + 1) // 2] or 0
end

local function reports(clients)
  local answered, failed = 0, 0
  for _, pid in ipairs(clients) do send(pid, { "report", self() }) end
  for _ = 1, #clients do
    receive { { { "report", is_number, is_number }, function(a, f)
      answered, failed = answered + a, failed + f
    end } }
  end
  return answered, failed
end

-- ---- The show

Supervisor.start_link({ Counter }, {
  strategy = "one_for_one", name = "Shop", max_restarts = 1000000, max_seconds = 1,
})

print(paint("1", "Let it crash"))
print(string.format("One counter, its supervisor, %d clients. For %g seconds somebody shoots the counter.\n",
  CLIENTS, SECONDS))

local clients = {}
for i = 1, CLIENTS do clients[i] = spawn(client) end

local times, kills = {}, 0
local stop_at = now() + SECONDS * 1000000
while now() < stop_at do
  Process.sleep(300 + math.random(0, 500))
  local shot = shoot()
  kills = kills + 1
  times[#times + 1] = shot.back_after
  tell(kills, shot)
end

local answered, failed = reports(clients)
print(string.format("\n%s  %d   %s  %d µs (median)   %s  %d   %s  %d",
  paint("31", "kills"), kills,
  paint("1;33", "back after"), median(times),
  paint("32", "calls answered"), answered,
  paint("36", "exits told to callers"), failed))
