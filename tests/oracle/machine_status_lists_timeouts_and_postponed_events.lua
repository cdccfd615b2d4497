local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content)
  if content == "set" then
    return "keep_state_and_data", { "postpone", { "state_timeout", 5000, 1 }, { { "timeout", "x" }, 5000, 2 },
      { { "timeout", "y" }, 5000, 3 }, { "timeout", 5000, 4 } }
  end
  return "keep_state_and_data", { { { "timeout", "x" }, "cancel" }, { { "timeout", "y" }, "update", 33 },
    { "state_timeout", "infinity", 0 } }
end)
local function show()
  local pairs = sys.get_status(pid)[4][5][2][2]
  for _, i in ipairs { 4, 6 } do oracle.show(pairs[i][1], pairs[i][2]) end
end
show()
machine.casts(pid, { "set" })
show()
machine.casts(pid, { "clear" })
show()
