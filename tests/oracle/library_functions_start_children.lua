local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Store = GenServer.module "Store"
function Store.init(n) return "ok", n end
function Store.handle_call.get(n, from) return "reply", n, n end
function Store.handle_cast.put(_, value) return "noreply", value end

oracle.trap_exit()
local child = { id = "store", start = { GenServer, "start_link", { Store, 1 } } }
local inner = { id = "inner", type = "supervisor", start = { Supervisor, "start_link", { { child }, { strategy = "one_for_one" } } } }
local sup = Supervisor.start_link({ child, inner }, { strategy = "one_for_one" })
oracle.show("children", Supervisor.which_children(sup))
local inner_pid, pid = Supervisor.which_children(sup)[1][2], Supervisor.which_children(sup)[2][2]
oracle.show("state", GenServer.call(pid, "get"))
oracle.show("below", Supervisor.which_children(inner_pid))
Process.exit(pid, "kill")
oracle.settle()
oracle.show("state again", GenServer.call(Supervisor.which_children(sup)[2][2], "get"))
