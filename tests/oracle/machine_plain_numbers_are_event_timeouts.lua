local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content)
  if type == "cast" then return "keep_state_and_data", content end
end)
machine.casts(pid, { 50 })
machine.show(150)
machine.casts(pid, { 0 })
machine.show(50)
machine.casts(pid, { "infinity" })
machine.show(50)
