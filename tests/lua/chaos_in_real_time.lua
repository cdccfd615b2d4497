-- The same chaos with fewer processes under the real clock, where slices end anywhere.
local chaos = dofile(arg[0]:match("^.*/") .. "support/chaos.lua")
Logger.configure { level = "none" }

local before = chaos.counts()
for seed = 1, 2 do
  local total = chaos.run {
    seed = seed, ms = 500, groups = 3, rows = 3, columns = 10, callers = 20, killers = 4,
  }
  print(total.workers, total.answered > 100, total.strange, total.survived, chaos.left_behind(before))
end
-- expect: 90	true	0	true	nothing
-- expect: 90	true	0	true	nothing
