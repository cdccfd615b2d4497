local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local main = self()
local parent = spawn(function()
  local arg = { first = "a", script = machine.keep, main = main, trap = true, last = true }
  GenStateMachine.start_link(Machine, arg)
  Process.sleep(30)
  exit("gone")
end)
machine.show(100)
oracle.show("alive", Process.alive(parent))
