local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function complaint(fn) return (oracle.caught(fn)[2]:gsub("\n\n    ETS%..*", "")) end

local t = ETS.new("t")
local dead, ref = spawn_monitor(function() end)
oracle.down(ref)
oracle.show("oneself", complaint(function() ETS.give_away(t, self(), 1) end))
oracle.show("dead", complaint(function() ETS.give_away(t, dead, 1) end))
oracle.show("no pid", complaint(function() ETS.give_away(t, "x", 1) end))
oracle.show("no table", complaint(function() ETS.give_away("nope", dead, 1) end))
