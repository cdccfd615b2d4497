local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Odd = GenServer.module "Odd"
function Odd.start(...) return ... end
function Odd.raises() error("boom") end
function Odd.exits() exit("oops") end

local sup = DynamicSupervisor.start_link { strategy = "one_for_one" }
local function start(name, args)
  return DynamicSupervisor.start_child(sup, { id = 1, start = { Odd, name, args } })
end

oracle.show_result("ignore", start("start", { nil, "ignore" }))
oracle.show_result("error", start("start", { nil, "found" }))
oracle.show_result("already", start("start", { nil, { "already_started", self() } }))
oracle.show_result("raises", start("raises", {}))
oracle.show_result("exits", start("exits", {}))
oracle.show_result("garbage", start("start", { 5 }))
oracle.show_result("info", start("start", { spawn_link(function() Process.sleep("infinity") end), "info" }))
oracle.show("count", DynamicSupervisor.count_children(sup))
