-- A process over its limit (512 MiB) dies of it; the others do not notice.
local function reason_of(f)
  local _, ref = spawn_monitor(f)
  return receive { { { "DOWN", ref, any, any, any }, function(_, _, reason) return reason end } }
end
print(reason_of(function() local s = "x" while true do s = s .. s end end)[1]) -- expect: not enough memory
-- expect error: ** (RuntimeError) not enough memory
-- It can be caught.
print(reason_of(function() exit({ pcall(string.rep, "x", 1e9) }) end)[2]) -- expect: not enough memory
-- What is known of a process includes its Lua values.
local p = spawn(function() local t = {} for i = 1, 10000 do t[i] = { i } end receive() end)
Process.sleep(30)
print(Process.info(p, "memory") > 500000) -- expect: true
