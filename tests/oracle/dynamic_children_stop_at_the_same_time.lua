local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Slow = GenServer.module "Slow"
function Slow.start_link(arg) return GenServer.start_link(Slow, arg) end
function Slow.init(arg)
  Process.flag("trap_exit", true)
  return "ok", arg
end
function Slow.terminate(_, arg)
  Process.sleep(arg[3])
  send(arg[1], { "done", arg[2] })
end

local sup = DynamicSupervisor.start_link { strategy = "one_for_one" }
local names = {}
for _, it in ipairs { { "a", 300, 1000 }, { "b", 150, 1000 }, { "c", 30, 1000 }, { "d", 5000, 400 }, { "e", 5000, 200 } } do
  local name, time, shutdown = table.unpack(it)
  local spec = { id = name, start = { Slow, "start_link", { { self(), name, time } } }, shutdown = shutdown }
  local pid = DynamicSupervisor.start_child(sup, spec)
  names[Process.monitor(pid)] = name
end

local started = System.monotonic_time("millisecond")
oracle.show_result("stop", DynamicSupervisor.stop(sup))
local took = System.monotonic_time("millisecond") - started
oracle.show("within", took >= 400 and took < 700)

for _ = 1, 8 do
  receive {
    { { "done", any }, function(name) oracle.show("done", name) end },
    { { "DOWN", any, any, any, any }, function(ref, _, _, reason) oracle.show_reason("down", { names[ref], reason }) end },
  }
end
