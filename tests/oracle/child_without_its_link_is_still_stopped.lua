local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Loose = GenServer.module "Loose"
function Loose.start_link(arg) return GenServer.start_link(Loose, arg, { name = "loose" }) end
function Loose.init(main) return "ok", main end
function Loose.handle_cast.unlink(main, sup)
  Process.unlink(sup)
  return "noreply", main
end
function Loose.handle_cast.crash(main) return "stop", "crash", main end

oracle.trap_exit()
local child = { id = "loose", start = { Loose, "start_link", { self() } } }
local sup = Supervisor.start_link({ child }, { strategy = "one_for_one" })
local loose = Process.whereis("loose")
GenServer.cast(loose, { "unlink", sup })
local ref = Process.monitor(loose)
oracle.show_result("terminate", Supervisor.terminate_child(sup, "loose"))
oracle.show("down", oracle.down(ref))
loose = Supervisor.restart_child(sup, "loose")
GenServer.cast(loose, { "unlink", sup })
GenServer.cast(loose, "crash")
oracle.settle()
oracle.show("name", Process.whereis("loose"))
oracle.show("children", Enum.map(Supervisor.which_children(sup), function(entry) return entry[2] == loose end))
oracle.show("counts", Supervisor.count_children(sup))
oracle.show_result("restart", Supervisor.restart_child(sup, "loose"))
oracle.show_result("terminate", Supervisor.terminate_child(sup, "loose"))
oracle.show_result("delete", Supervisor.delete_child(sup, "loose"))
oracle.show_result("stop", Supervisor.stop(sup))
oracle.show_mailbox("message")
