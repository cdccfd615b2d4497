local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Shop = Application.module "Shop"
Shop.args = self()

function Shop.start(type, main)
  return Supervisor.start_link({}, { strategy = "one_for_one", name = "Shop.Supervisor" }), main
end

function Shop.prep_stop(main)
  send(main, "prep_stop")
  return main
end

function Shop.stop(main) send(main, { "stop", Process.whereis("Shop.Supervisor") or "none" }) end

local function link(pid, except)
  return Enum.find(Process.info(pid, "links"), function(other) return other ~= except end)
end

for _, case in ipairs { { "master", "ignored" }, { "starter", "ignored" }, { "master", "kill" } } do
  Application.start(Shop)
  local top = Process.whereis("Shop.Supervisor")
  local starter = link(top)
  local master = link(starter, top)
  Process.exit(case[1] == "master" and master or starter, case[2])
  oracle.settle()
  oracle.show("alive", { Process.alive(master), Process.alive(starter), Process.alive(top) })
  Application.stop(Shop)
  oracle.show_mailbox("told")
end
