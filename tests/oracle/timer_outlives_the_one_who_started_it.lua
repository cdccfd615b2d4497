local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()
spawn(function() send(main, { "timer", Process.send_after(main, "tick", 50) }) end)
local function within(left) return left >= 1 and left <= 50 end
local timer = receive { { { "timer", _ }, function(timer) return timer end } }
oracle.show("read by another", within(Process.read_timer(timer)))
oracle.show_messages("message", 1)
spawn(function() send(main, { "timer", Process.send_after(main, "tick", 50) }) end)
timer = receive { { { "timer", _ }, function(timer) return timer end } }
oracle.show("cancelled by another", within(Process.cancel_timer(timer)))
oracle.settle()
oracle.show_mailbox("mailbox")
