local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Failing = GenServer.module "Failing"
function Failing.start_link(reason) return GenServer.start_link(Failing, reason) end

function Failing.init(reason)
  if reason == "ignore" then return "ignore" end
  return "stop", reason
end

local function child(reason, restart)
  return { id = reason, start = { Failing, "start_link", { reason } }, restart = restart }
end

local sup = Supervisor.start_link({}, { strategy = "one_for_one" })
local pid, err = Supervisor.start_child(sup, child("no_disk", "permanent"))
oracle.show("reason", err[1])
oracle.show("counts", Supervisor.count_children(sup))
oracle.show("ignore", Supervisor.start_child(sup, child("ignore", "permanent")) == "undefined")
oracle.show("children", Supervisor.which_children(sup))
