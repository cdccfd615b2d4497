local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid = spawn(function() Process.sleep("infinity") end)
local first = Process.monitor(pid)
local second = Process.monitor(pid)
oracle.show("first", first)
oracle.show("second", second)
Process.exit(pid, "boom")
local function take() return receive { { { "DOWN", _, "process", pid, "boom" }, function(ref) return ref end } } end
local one, other = take(), take()
oracle.show("both", one == first and other == second or one == second and other == first)
oracle.show_mailbox("left")
