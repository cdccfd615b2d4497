local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content)
  if content == "go" then
    return "keep_state_and_data",
      { { "state_timeout", 0, 1 }, { { "timeout", "t" }, 0, 2 }, { "next_event", "internal", "own" } }
  end
end)
sys.suspend(pid)
machine.casts(pid, { "go", "later" })
sys.resume(pid)
machine.show()
