local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content, state, d)
  if type == "cast" then return "next_state", content, d end
end, { enter = true })
machine.casts(pid, { "b", "b", "a" })
machine.show()
