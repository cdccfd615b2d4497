-- args: --virtual --seed 5
-- The briefing's claim of no downtime, measured: the code of a server changes a hundred times while
-- fifty callers use it; every call is answered, and the state is there all the time.

local SOURCE = [[
Counter = GenServer.module "Counter"
function Counter.init() return "ok", 0 end
function Counter.handle_call.add(count) return "reply", { count + 1, %d }, count + 1 end
]]
local function load_version(version) assert(load(SOURCE:format(version)))() end

local CALLERS, CALLS, VERSIONS = 50, 200, 100

load_version(1)
local counter = GenServer.start_link(Counter)
local main = self()
for _ = 1, CALLERS do
  spawn(function()
    local answered, seen = 0, 0
    for _ = 1, CALLS do
      local ok, answer = pcall(GenServer.call, counter, "add")
      if ok then answered = answered + 1 end
      assert(answer[2] >= seen, "an older version answered after a newer one")
      seen = answer[2]
      Process.sleep(math.random(0, 9))
    end
    send(main, { "done", answered, seen })
  end)
end

for version = 2, VERSIONS do
  Process.sleep(10)
  load_version(version)
end

local answered, newest = 0, 0
for _ = 1, CALLERS do
  receive { { { "done", is_number, is_number }, function(count, seen)
    answered, newest = answered + count, math.max(newest, seen)
  end } }
end
print(CALLERS * CALLS - answered, "calls lost")         -- expect: 0	calls lost
print(sys.get_state(counter), "counted")                -- expect: 10000	counted
print(GenServer.call(counter, "add")[2], "is the version that runs")
-- expect: 100	is the version that runs
