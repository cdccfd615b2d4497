local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local function start(actions)
  return machine.start("a", function(type, content, state, d)
    if content == "go" then return "keep_state_and_data", actions end
    if content == "named" then return "next_state", "b", d end
  end)
end
local named, state = { { "timeout", "t" }, 0, "named" }, { "state_timeout", 0, "state" }
machine.casts(start { { "timeout", 0, "event" }, state, named }, { "go" })
machine.show()
machine.casts(start { named, state }, { "go" })
machine.show()
