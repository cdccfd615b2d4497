local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()

App = DynamicSupervisor.module "App"
function App.init(told) return Agent.get(told, function(answer) return answer end)() end

local told = Agent.start_link(function()
  return function() return DynamicSupervisor.init { strategy = "one_for_one" } end
end)
local sup = DynamicSupervisor.start_link(App, told)

local function change(label, answer)
  Agent.update(told, function() return answer end)
  sys.suspend(sup)
  oracle.show_result(label, sys.change_code(sup, App, nil, nil))
  sys.resume(sup)
  oracle.show("children", DynamicSupervisor.count_children(sup).active)
end

DynamicSupervisor.start_child(sup, oracle.worker "a")
oracle.show_messages("start", 1)

change("changed", function()
  return DynamicSupervisor.init { strategy = "one_for_one", max_children = 1, max_restarts = 0 }
end)
oracle.show_result("one more", DynamicSupervisor.start_child(sup, oracle.worker "b"))
change("ignore", function() return "ignore" end)
change("bad strategy", function() return "ok", { strategy = "bad" } end)
change("one_for_all", function() return "ok", { strategy = "one_for_all" } end)
change("bad max_children", function() return "ok", { strategy = "one_for_one", max_children = -1 } end)
change("bad intensity", function() return "ok", { strategy = "one_for_one", intensity = -1 } end)
change("a strange answer", function() return "strange" end)
oracle.show_result("still one", DynamicSupervisor.start_child(sup, oracle.worker "b"))
Process.exit(Process.whereis "a", "kill")
oracle.show_messages("no restart is allowed", 1)
