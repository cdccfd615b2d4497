local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Asking = GenServer.module "Asking"
function Asking.start_link(sup) return GenServer.start_link(Asking, sup) end

function Asking.init(sup)
  GenServer.call(sup, "count_children", 50)
  return "ok", nil
end

oracle.trap_exit()
local sup = Supervisor.start_link({}, { strategy = "one_for_one", name = "sup" })
local _, why = Supervisor.start_child(sup, { id = "asking", start = { Asking, "start_link", { "sup" } } })
oracle.show("failed", why[1])
local pid = Supervisor.start_child(sup, { id = "asking", start = { Asking, "start_link", { "sup" } }, restart = "temporary" })
oracle.show("temporary", pid or "error")
oracle.show("counts", Supervisor.count_children(sup))
oracle.show_mailbox("mailbox")
