local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local children = { oracle.worker("untrapping"), oracle.worker("trapping", {}, { trap = true }) }
local sup = Supervisor.start_link(children, { strategy = "one_for_one" })
local refs = Enum.map({ "untrapping", "trapping" }, function(id) return Process.monitor(Process.whereis(id)) end)
Process.exit(sup, "kill")
for index, ref in ipairs(refs) do oracle.show("down", oracle.down(ref)) end
oracle.settle()
oracle.show_mailbox("message")
