local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Shop = Application.module "Shop"

function Shop.start(type, how)
  if how == "value" then return 42 end
  if how == "error" then return nil, "nope" end
  if how == "exit" then exit("bye") end
  if how == "raise" then error("boom") end
  return Supervisor.start_link({}, { strategy = "one_for_one", name = "Shop.Supervisor" })
end

oracle.log_to_stderr()

for _, how in ipairs { "value", "error", "exit", "raise", "stop", "kill" } do
  Shop.args = how
  Application.start("Shop")
  if how == "kill" then Process.exit(Process.whereis("Shop.Supervisor"), "kill") end
  oracle.settle()
  Application.stop("Shop")
  oracle.flush_log()
end
