local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content, state, d)
  if type == "cast" then return "next_state", "b", d end
  if state == "b" then return "keep_state_and_data", { "push_callback_module", Machine } end
end, { enter = true, last = true })
local down = machine.down(pid)
machine.casts(pid, { "go" })
down()
machine.show()
