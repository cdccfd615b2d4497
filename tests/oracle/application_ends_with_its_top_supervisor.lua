local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Shop = Application.module "Shop"

function Shop.start()
  local child = { id = "till", start = { Agent, "start_link", { function() return 1 end, { name = "till" } } } }
  return Supervisor.start_link({ child },
    { strategy = "one_for_one", max_restarts = 0, name = "Shop.Supervisor" })
end

function Shop.prep_stop(state)
  oracle.show("prep_stop", { state, Process.whereis("Shop.Supervisor") or "none" })
  return "closing"
end

function Shop.stop(state) oracle.show("stop", state) end

Street = Application.module "Street"
Street.applications = { Shop }
local function running()
  return Enum.map(Application.started_applications(), function(app) return app[1] end)
end

for _, case in ipairs { { "temporary", "kill_child" }, { "temporary", "kill" }, { "transient", "stop" } } do
  oracle.show_result("start", Application.start("Shop", case[1]))
  oracle.show_result("street", Application.ensure_started("Street"))
  if case[2] == "kill_child" then Process.exit(Process.whereis("till"), "oops")
  elseif case[2] == "kill" then Process.exit(Process.whereis("Shop.Supervisor"), "kill")
  else Supervisor.stop("Shop.Supervisor") end
  oracle.settle()
  oracle.show("running", running())
end

oracle.show_result("start again", Application.start("Shop"))
Process.exit(Process.whereis("Shop.Supervisor"), "kill")
oracle.settle()
oracle.show_result("stop", Application.stop("Shop"))
oracle.show_result("stop again", Application.stop("Shop"))
