local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local sup = Supervisor.start_link({ oracle.worker("a") }, { strategy = "one_for_one" })
oracle.show_messages("start", 1)
local pid, ref = spawn_monitor(function() Process.exit(sup, "boom") end)
oracle.down(ref)

pid, ref = spawn_monitor(function()
  Process.link(sup)
  exit("boom")
end)

oracle.down(ref)
oracle.settle()
oracle.show("alive", Process.alive(sup))
oracle.show_mailbox("message")
