local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Starts = GenServer.module "Starts"
function Starts.start(way)
  if way == "error" then return nil, "nope" end
  if way == "ignore" then return nil, "ignore" end
  if way == "exit" then exit("bye") end
  if way == "normal" then exit("normal") end
  if way == "number" then return 42 end
  return spawn(function() end)
end

oracle.trap_exit()
local sup = Supervisor.start_link({}, { strategy = "one_for_one" })
local dynamic = DynamicSupervisor.start_link { strategy = "one_for_one" }

for _, way in ipairs { "error", "ignore", "exit", "normal", "number" } do
  local child = { id = way, start = { Starts, "start", { way } }, restart = "temporary" }
  local pid, why = Supervisor.start_child(sup, child)
  local exited = type(why) == "table" and type(why[1]) == "table" and why[1][1] == "EXIT"
  if exited then
    oracle.show_result(way, true)
  else
    oracle.show_result(way, pid, type(why) == "table" and why[1] or why)
  end
  oracle.show_result("dynamic", DynamicSupervisor.start_child(dynamic, child))
end

oracle.show("children", Supervisor.which_children(sup))
oracle.show("dynamic children", DynamicSupervisor.which_children(dynamic))
local child = { id = "dead", start = { Starts, "start", { "dead" } } }
Supervisor.start_child(sup, child)
oracle.settle()
oracle.show("dead child", Enum.map(Supervisor.which_children(sup), function(entry) return is_pid(entry[2]) end))
oracle.show("counts", Supervisor.count_children(sup))
oracle.show_mailbox("message")
