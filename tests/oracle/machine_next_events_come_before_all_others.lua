local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content)
  if content == "go" then
    return "keep_state_and_data",
      { { "next_event", "internal", 1 }, { "next_event", "cast", 2 }, { "next_event", "info", 3 } }
  end
  if content == 1 then return "keep_state_and_data", { "next_event", "internal", "inner" } end
end)
sys.suspend(pid)
machine.casts(pid, { "go", "later" })
sys.resume(pid)
machine.show()
