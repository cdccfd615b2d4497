local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local function child(id, restart) return oracle.worker(id, { restart = restart }, { trap = true }) end
local children = { child("a", "temporary"), child("b", "permanent"), child("c", "temporary"), child("d", "transient") }
local sup = Supervisor.start_link(children, { strategy = "rest_for_one" })
oracle.show_messages("start", 4)
GenServer.cast("b", { "stop", "crash" })
oracle.settle()
oracle.show_mailbox("after b")
local function ids()
  return Enum.map(Supervisor.which_children(sup), function(entry) return entry[1] end)
end
oracle.show("children", ids())
GenServer.cast("a", { "stop", "crash" })
oracle.settle()
oracle.show_mailbox("after a")
oracle.show("children", ids())
oracle.show_result("start c again", is_pid(Supervisor.start_child(sup, child("c", "temporary"))))
GenServer.cast("d", { "stop", "crash" })
oracle.settle()
oracle.show_mailbox("after d")
oracle.show("children", ids())
