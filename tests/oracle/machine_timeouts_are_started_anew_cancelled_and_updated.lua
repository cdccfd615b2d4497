local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content)
  if type == "cast" then return "keep_state_and_data", { content[2] } end
end)
local t = { "timeout", "t" }
local function act(...)
  for _, action in ipairs { ... } do GenStateMachine.cast(pid, { "act", action }) end
  machine.show(150)
end
act({ t, 60, "old" }, { t, 60, "new" })
act({ t, 60, "gone" }, { t, "cancel" })
act({ t, 60, "gone" }, { t, "infinity", "never" })
act({ t, 60, "before" }, { t, "update", "after" })
act({ t, "update", "at_once" }, { "state_timeout", "cancel" })
