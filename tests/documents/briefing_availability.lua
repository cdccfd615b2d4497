-- args: --virtual --seed 7
-- The briefing's first claim, measured: how many nines does supervision make of a service that crashes
-- again and again? A day of it, under a plan of faults that the seed decides.
--
-- A service takes 5 ms to start. It is down from its crash until somebody gets an answer again.

local DAY = 24 * 60 * 60 * 1000
local STARTING = 5

local function now() return System.monotonic_time("millisecond") end

Service = GenServer.module "Service"
function Service.start_link(name) return GenServer.start_link(Service, nil, { name = name }) end
function Service.init()
  Process.sleep(STARTING)
  return "ok", 0
end
function Service.handle_call.ping(n) return "reply", "pong", n + 1 end

-- Milliseconds until the service of that name answers, asked again after `patience` ms.
local function down_time(name, patience)
  local began = now()
  while not pcall(GenServer.call, name, "ping") do Process.sleep(patience) end
  return now() - began
end

-- Kills the service every so many ms on average, for a day: how often, and for how many ms it was down.
local function a_day_of_faults(name, every, patience)
  local faults, down = 0, 0
  local ends_at = now() + DAY
  while true do
    Process.sleep(math.random(1, 2 * every))
    if now() >= ends_at then return faults, down end
    Process.exit(GenServer.whereis(name), "kill")
    faults, down = faults + 1, down + down_time(name, patience)
  end
end

local function nines(down)
  local share, count = down / DAY, 0
  while share < 0.1 do share, count = share * 10, count + 1 end
  return count
end

local function report(what, faults, down)
  print(string.format("%-22s %4d faults, %8.1f s down, %9.5f %% up, %d nines", what, faults,
    down / 1000, 100 * (1 - down / DAY), nines(down)))
end

local MINUTE = 60 * 1000

Supervisor.start_link({ { Service, "supervised" } }, { strategy = "one_for_one" })
for _, every in ipairs { MINUTE, 10 * MINUTE, 100 * MINUTE } do
  report("supervised", a_day_of_faults("supervised", every, 1))
end

-- By hand: somebody notices within a quarter of an hour, and starts it again.
spawn(function()
  while true do
    local server = GenServer.start(Service, nil, { name = "by hand" })
    local ref = Process.monitor(server)
    receive { { { "DOWN", ref, _, _, _ }, function() end } }
    Process.sleep(math.random(1, 15 * MINUTE))
  end
end)
Process.sleep(STARTING)
report("started again by hand", a_day_of_faults("by hand", 100 * MINUTE, 1000))
-- expect: supervised             1469 faults,      7.3 s down,  99.99150 % up, 4 nines
-- expect: supervised              142 faults,      0.7 s down,  99.99918 % up, 5 nines
-- expect: supervised               14 faults,      0.1 s down,  99.99992 % up, 6 nines
-- expect: started again by hand    16 faults,   7421.0 s down,  91.41088 % up, 1 nines
