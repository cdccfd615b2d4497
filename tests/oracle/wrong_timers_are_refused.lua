local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function refused(label, fn) oracle.show(label, oracle.raises(fn)) end
refused("negative", function() Process.send_after(self(), "tick", -1) end)
refused("no number", function() Process.send_after(self(), "tick", "soon") end)
refused("no destination", function() Process.send_after({ 1, 2, 3 }, "tick", 10) end)
refused("cancel no reference", function() Process.cancel_timer("timer") end)
refused("read no reference", function() Process.read_timer(self()) end)
oracle.show("cancel a plain reference", Process.cancel_timer(make_ref()))
oracle.show("read a plain reference", Process.read_timer(make_ref()))
oracle.show_mailbox("mailbox")
