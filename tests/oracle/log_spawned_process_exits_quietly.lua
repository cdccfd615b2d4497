local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.log_to_stderr()
for i, reason in ipairs { "normal", "boom", { "bad", 1 } } do spawn(function() exit(reason) end) end
local pid = spawn(function() Process.sleep("infinity") end)
Process.exit(pid, "boom")
spawn(function() GenServer.call("nobody", 1) end)
oracle.flush_log()
print("quiet")
