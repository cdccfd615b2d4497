local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content, state, d)
  if content == "go" then
    return "next_state", "b", d,
      { { "next_event", "internal", 1 }, { "next_event", "cast", 2 }, { "next_event", "info", 3 } }
  end
  if content == 1 then
    return "keep_state_and_data", { { "next_event", "internal", 11 }, { "next_event", "internal", 12 } }
  end
  if content == 2 and state == "b" or state == "a" then return "keep_state_and_data", "postpone" end
  if content == 3 then return "next_state", "c", d, { "next_event", "internal", 31 } end
end)
machine.casts(pid, { "x", "y", "go", "z" })
machine.show()
