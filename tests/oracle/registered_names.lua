local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.show("nobody", Process.whereis("server"))
local pid = spawn(function() Process.sleep("infinity") end)
oracle.show("register", Process.register(pid, "server"))
oracle.show("same pid", Process.whereis("server") == pid)
oracle.show("info", Process.info(pid, "registered_name"))
local listed = false
for i, name in ipairs(Process.registered()) do listed = listed or name == "server" end
oracle.show("listed", listed)
oracle.show("unregister", Process.unregister("server"))
oracle.show("nobody again", Process.whereis("server"))
oracle.show("unregister raises", oracle.raises(function() Process.unregister("server") end))
