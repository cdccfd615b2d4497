local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local arg = { id = "same", main = self() }
local function child(id) return { id = id, start = { Worker, "start_link", { arg } } } end
local _, why = Supervisor.start_link({ child("a"), child("b") }, { strategy = "one_for_one" })
local _, id, clash = table.unpack(why[2])
oracle.show("failed", { id, clash[1] == "already_started" and is_pid(clash[2]) })
oracle.settle()
oracle.show("name", Process.whereis("same"))
oracle.show_messages("message", 2)
local sup = Supervisor.start_link({ child("a") }, { strategy = "one_for_one", max_restarts = 2 })
_, why = Supervisor.start_child(sup, child("b"))
oracle.show("start_child", why[1])
oracle.show("children", Enum.map(Supervisor.which_children(sup), function(entry) return entry[1] end))
Supervisor.terminate_child(sup, "a")
oracle.show_result("start_child", is_pid(Supervisor.start_child(sup, child("b"))))
oracle.show_result("restart_child", Supervisor.restart_child(sup, "a"))
GenServer.cast("same", { "stop", "crash" })
oracle.settle()
oracle.show("children", Enum.map(Supervisor.which_children(sup), function(entry)
  return { entry[1], is_pid(entry[2]) }
end))
oracle.show_mailbox("message")
