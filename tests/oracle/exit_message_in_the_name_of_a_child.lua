local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local main = self()

Plain = GenServer.module "Plain"
function Plain.start_link(to)
  local pid = spawn_link(function() exit(receive()) end)
  send(to, { "started", pid })
  return pid
end

local sup = Supervisor.start_link({ { id = "plain", start = { Plain, "start_link", { main } } } }, { strategy = "one_for_one" })
local function started() return receive { { { "started", _ }, function(pid) return pid end } } end
local function is_child(pid)
  return Enum.map(Supervisor.which_children(sup), function(child) return child[2] == pid end)
end
local first = started()
send(sup, { "EXIT", first, "pretended" })
local second = started()
oracle.show("first lives", Process.alive(first))
oracle.show("children", is_child(second))
send(first, "crash")
oracle.settle()
oracle.show_mailbox("after the first")
oracle.show("counts", Supervisor.count_children(sup))
send(second, "crash")
oracle.settle()
local third = started()
oracle.show("children", is_child(third))
