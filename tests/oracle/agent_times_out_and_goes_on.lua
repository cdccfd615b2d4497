local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local pid = Agent.start(function() return 1 end)
local caught = oracle.caught(function()
  return Agent.get(pid, function(n) Process.sleep(200) return n end, 50)
end)
local reason, call = caught[2][1], caught[2][2]
oracle.show("exit", { reason, { call[1], call[2], { call[3][1], call[3][2][1], call[3][3] } } })
oracle.show("later", Agent.get(pid, function(n) return n end))
oracle.show_mailbox("mailbox")
