local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Held = GenServer.module "Held"
function Held.start_link(main) return GenServer.start_link(Held, main, { name = "held" }) end

function Held.init(main)
  send(main, { "init", self() })
  return receive { { { "answer", _, _ }, function(word, value) return word, value end } }
end

oracle.trap_exit()
local main = self()
local function answer(word, value)
  receive { { { "init", _ }, function(pid) send(pid, { "answer", word, value }) end } }
end

spawn_link(function()
  local child = { id = "held", start = { Held, "start_link", { main } } }
  local sup = Supervisor.start_link({ child }, { strategy = "one_for_one", max_restarts = 3 })
  send(main, { "sup", sup })
  Process.sleep("infinity")
end)

answer("ok", 0)
local sup = receive { { { "sup", _ }, function(sup) return sup end } }
Process.exit(Process.whereis("held"), "kill")
local first = receive { { { "init", _ }, function(pid) return pid end } }
local function ask(name, ...)
  local fn, rest = Supervisor[name], { ... }
  spawn(function() send(main, { "result", table.pack(fn(sup, table.unpack(rest))) }) end)
end
local function result(label)
  receive { { { "result", _ }, function(packed) oracle.show_result(label, table.unpack(packed, 1, packed.n)) end } }
end

ask("terminate_child", "held")
Process.sleep(20)
send(first, { "answer", "stop", "no" })
result("terminate_child")
oracle.settle()
oracle.show("children", Supervisor.which_children(sup))
oracle.show_mailbox("no further try")
oracle.show_result("delete_child", Supervisor.delete_child(sup, "held"))
oracle.show("children", Supervisor.which_children(sup))
