local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content)
  if content == "arm" then return "keep_state_and_data", { { "timeout", 80, "quiet" } } end
end)
machine.casts(pid, { "arm" })
machine.show(200)
machine.casts(pid, { "arm", "disturb" })
machine.show(200)
