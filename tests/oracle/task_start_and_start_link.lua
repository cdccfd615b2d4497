local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local main = self()
local pid = Task.start(function() send(main, { "here", self() }) exit("oops") end)
oracle.show("pid", pid)
oracle.show_messages("message", 1)
pid = Task.start_link(function() send(main, { "here", self() }) exit("oops") end)
oracle.show("pid", pid)
oracle.show_messages("message", 2)
Kernel = GenServer.module "Kernel"
function Kernel.send(to, message) send(to, message) end
Task.start_link(Kernel, "send", { main, "sent" })
oracle.show_messages("message", 2)
