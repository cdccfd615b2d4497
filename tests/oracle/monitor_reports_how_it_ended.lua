local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

for i, reason in ipairs { "normal", "shutdown", "boom", { "code", 7 } } do
  local pid, ref = spawn_monitor(function() exit(reason) end)
  oracle.show_reason("ended", oracle.down(ref))
end

local pid, ref = spawn_monitor(function() return "result" end)
oracle.show_reason("ended", oracle.down(ref))
pid, ref = spawn_monitor(function() error("boom") end)
oracle.show_reason("ended", oracle.down(ref))
