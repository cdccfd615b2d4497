Process.flag("trap_exit", true)
Logger.configure { level = "none" }
W = GenServer.module "W"
function W.init(arg) return "ok", arg end

App = Supervisor.module "App"
function App.init(arg)
  if arg == "ignore" then return "ignore" end
  if arg == "bad" then return "bad" end
  if arg == "raise" then error("boom") end
  if arg == "wait" then Process.sleep(1) end
  return Supervisor.init({ { W, arg } }, { strategy = "one_for_one" })
end

local sup = Supervisor.start_link(App, 1, { name = App })
print(is_pid(sup), GenServer.whereis("App") == sup)                 -- expect: true	true
print(sys.get_state(Supervisor.which_children(App)[1][2]))          -- expect: 1
print(is_pid(Supervisor.start_link(App, "wait")))                   -- expect: true
print(Supervisor.start_link(App, "ignore"))                         -- expect: nil	ignore
print(inspect(select(2, Supervisor.start_link(App, "bad"))))        -- expect: { "bad_return", { "App", "init", "bad" } }
local _, reason = Supervisor.start_link(App, "raise")
print((reason[1]:gsub("^.*: ", "")))                                -- expect: boom
print(inspect(select(2, Supervisor.start_link(W, 1))))              -- expect: { "bad_return", { "W", "init", { "ok", 1 } } }

-- As a child, it is a supervisor.
local top = Supervisor.start_link({ { App, 5 } }, { strategy = "one_for_one" })
local child = Supervisor.which_children(top)[1]
print(child[1], child[3], inspect(child[4]))                        -- expect: App	supervisor	{ "App" }
print(sys.get_state(Supervisor.which_children(child[2])[1][2]))     -- expect: 5
print(inspect(App.child_spec(7)))                                   -- expect: { id = "App", start = { "App", "start_link", { 7 } }, type = "supervisor" }
print(inspect(W.child_spec(7)))                                     -- expect: { id = "W", start = { "W", "start_link", { 7 } } }
