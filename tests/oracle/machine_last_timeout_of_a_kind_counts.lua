local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content)
  if content == "go" then
    return "keep_state_and_data", {
      { "state_timeout", 0, "first" }, { "state_timeout", 50, "second" },
      { { "timeout", 1 }, 50, "x" }, { { "timeout", 1 }, "cancel" },
    }
  end
end)
machine.casts(pid, { "go" })
machine.show(150)
