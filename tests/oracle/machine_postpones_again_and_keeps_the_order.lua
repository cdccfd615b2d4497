local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content, state, d)
  if is_table(content) then return "next_state", content[2], d end
  if state ~= "c" then return "keep_state_and_data", { { "postpone", true } } end
end)
machine.casts(pid, { 1, 2, { "to", "b" }, 3, { "to", "b" }, { "to", "c" } })
machine.show()
