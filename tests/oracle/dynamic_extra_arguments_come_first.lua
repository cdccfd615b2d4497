local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Echo = GenServer.module "Echo"
function Echo.start_link(main, extra, own)
  send(main, { "args", extra, own })
  return spawn_link(function() Process.sleep("infinity") end)
end

local sup = DynamicSupervisor.start_link { strategy = "one_for_one", extra_arguments = { self(), "extra" } }
local pid = DynamicSupervisor.start_child(sup, { id = 1, start = { Echo, "start_link", { "own" } } })
oracle.show_messages("message", 1)
Process.exit(pid, "kill")
oracle.show_messages("message", 1)
