local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local children = {}
for i, id in ipairs { "a", "b", "c" } do children[i] = oracle.worker(id) end
local options = { strategy = "one_for_one", max_restarts = 2, max_seconds = 60 }
local sup = Supervisor.start_link(children, options)
oracle.show("sup", sup)
oracle.show_messages("start", 3)

for i, id in ipairs { "a", "b" } do
  GenServer.cast(id, { "stop", "boom" })
  oracle.show_messages("message", 2)
end

GenServer.cast("c", { "stop", "boom" })
oracle.show_messages("message", 2)
