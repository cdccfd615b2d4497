local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Odd = Application.module "Odd"

function Odd.start(type, how)
  if how == "value" then return 42 end
  if how == "error" then return nil, "nope" end
  if how == "exit" then exit("bye") end
  if how == "normal" then exit("normal") end
  if how == "raise" then error("boom") end
  if how == "ignore" then return nil, "ignore" end
  local child = { id = "a", start = { Agent, "start_link", { function() exit("bad") end } } }
  return Supervisor.start_link({ child }, { strategy = "one_for_one" })
end

function Odd.stop() oracle.show("stop", "never") end

for _, how in ipairs { "value", "error", "exit", "normal", "raise", "ignore", "child" } do
  Odd.args = how
  oracle.show_result(how, Application.start("Odd"))
  oracle.show_result(how, Application.ensure_all_started("Odd"))
  oracle.show_result(how, Application.stop("Odd"))
end
