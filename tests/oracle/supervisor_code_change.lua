local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

App = Supervisor.module "App"
function App.init(told) return Agent.get(told, function(answer) return answer end)() end

local a, b, c, d = oracle.worker "a", oracle.worker "b", oracle.worker "c", oracle.worker "d"
local other_b = oracle.worker("b", { restart = "temporary", shutdown = "brutal_kill" })
local told = Agent.start_link(function()
  return function() return Supervisor.init({ a, b, c }, { strategy = "one_for_one" }) end
end)
local sup = Supervisor.start_link(App, told)
oracle.show_messages("start", 3)

local function show_children()
  local children = {}
  for i, child in ipairs(Supervisor.which_children(sup)) do
    children[i] = { child[1], is_pid(child[2]) and "running" or child[2] }
  end
  oracle.show("children", children)
end

local function fields(spec)
  return { id = spec.id, restart = spec.restart, shutdown = spec.shutdown,
           significant = spec.significant, type = spec.type }
end

local function change(label, answer)
  Agent.update(told, function() return answer end)
  sys.suspend(sup)
  oracle.show_result(label, sys.change_code(sup, App, nil, nil))
  sys.resume(sup)
  show_children()
end

show_children()
change("changed, new and missing", function()
  return Supervisor.init({ d, other_b, a },
    { strategy = "one_for_all", max_restarts = 7, max_seconds = 9 })
end)
oracle.show("b", fields(Supervisor.get_childspec(sup, "b")))
oracle.show("c", fields(Supervisor.get_childspec(sup, "c")))
oracle.show_result("unknown", Supervisor.get_childspec(sup, "unknown"))
oracle.settle()
oracle.show_mailbox("nobody moved")

Process.exit(Process.whereis("a"), "kill")
oracle.show_messages("restart", 3)
oracle.settle()
oracle.show_mailbox("nothing else")
show_children()

change("ignore", function() return "ignore" end)
change("bad strategy", function() return "ok", { { strategy = "bad" }, {} } end)
change("bad intensity", function() return "ok", { { strategy = "one_for_one", intensity = -1 }, {} } end)
change("no start", function() return "ok", { { strategy = "one_for_one" }, { { id = 1 } } } end)
change("bad restart", function()
  local often = oracle.worker("a", { restart = "often" })
  return "ok", { { strategy = "one_for_one" }, { often } }
end)
change("the same id", function() return "ok", { { strategy = "one_for_one" }, { a, a } } end)
change("a strange answer", function() return "strange" end)
change("fewer", function() return Supervisor.init({}, { strategy = "one_for_one" }) end)
oracle.show_result("start d again", Supervisor.terminate_child(sup, "d"))
show_children()
change("back", function() return Supervisor.init({ a, b, c, d }, { strategy = "one_for_one" }) end)
oracle.show("stop", Supervisor.stop(sup))
