local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local children = { oracle.worker("a"), oracle.worker("b", {}, { trap = true }) }
local sup = Supervisor.start_link(children, { strategy = "one_for_one" })
oracle.show_messages("start", 2)
local refs = { Process.monitor("a"), Process.monitor("b") }
oracle.show("sup", sup)
Process.exit(sup, "kill")
for i, ref in ipairs(refs) do oracle.show_reason("ended", oracle.down(ref)) end
oracle.settle()

local function terminated()
  return receive { { { "terminate", _, _ }, function(id, reason) return { "terminate", id, reason } end } }
end

oracle.show("terminate", terminated())
oracle.show_mailbox("message")
