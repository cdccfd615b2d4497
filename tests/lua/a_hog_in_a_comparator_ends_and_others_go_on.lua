-- A comparator cannot be interrupted; after a second its process is ended, and the coroutine it ran
-- on is not used for others, whom nothing could interrupt there any more.
local function ended(f)
  local pid, ref = spawn_monitor(f)
  return receive { { { "DOWN", ref, "process", pid, _ }, function(reason) return reason end } }
end

Logger.configure { level = "none" }

local reason = ended(function()
  table.sort({ 3, 2, 1 }, function() while true do end end)
end)
print((reason[1]:match("this ran for a second where it cannot be interrupted"))) -- expect: this ran for a second where it cannot be interrupted

local hogs = {}
for i = 1, 3 do hogs[i] = spawn(function() while true do end end) end
print(ended(function() return 1 end)) -- expect: normal
