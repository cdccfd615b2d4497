-- args: --virtual --seed 11
-- A thousand processes under nested supervisors; for ten virtual seconds callers call and killers
-- kill at random. Every call is answered or exits with a reason, and nothing is left afterwards: no
-- process, timer, monitor, link, name, table or entry, and of the same chaos come twice no byte
-- more than of the first.
local chaos = dofile(arg[0]:match("^.*/") .. "support/chaos.lua")
Logger.configure { level = "none" }

local function run(seed, ms)
  return chaos.run { seed = seed, ms = ms, groups = 5, rows = 6, columns = 30, callers = 30, killers = 6 }
end

local before = chaos.counts()
local total = run(1, 10000)
print(total.workers, total.processes > total.workers)             -- expect: 900	true
print(total.answered > 10000, total.exited > 1000, total.strange) -- expect: true	true	0
print(total.survived, total.active > total.workers // 2)          -- expect: true	true
print(chaos.left_behind(before))                                  -- expect: nothing

for seed = 2, 3 do
  run(seed, 400)
  local first = chaos.bytes()
  run(seed, 400)
  local second = chaos.bytes()
  print(seed, chaos.left_behind(before), second - first)
end
-- expect: 2	nothing	0
-- expect: 3	nothing	0
