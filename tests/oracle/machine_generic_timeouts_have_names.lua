local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content, state, d)
  if content == "arm" then
    return "next_state", "b", d, { { { "timeout", "slow" }, 120, 1 }, { { "timeout", "fast" }, 60, 2 } }
  end
  if content == "leave" then return "next_state", "c", d end
end)
machine.casts(pid, { "arm", "leave" })
machine.show(250)
