local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Careful = GenServer.module "Careful"
function Careful.start_link(main) return GenServer.start_link(Careful, main) end

function Careful.init(main)
  Process.flag("trap_exit", true)
  return "ok", main
end

function Careful.terminate(reason, main)
  Process.sleep(150)
  send(main, { "cleaned_up", reason })
end

local child = { id = "a", start = { Careful, "start_link", { self() } }, shutdown = "infinity" }
local sup = Supervisor.start_link({ child }, { strategy = "one_for_one" })
oracle.show_result("terminate_child", Supervisor.terminate_child(sup, "a"))
oracle.show_mailbox("message")
