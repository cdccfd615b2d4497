local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

for i = 1, 5 do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return "next_state", "b", d end
    if type ~= "enter" or state ~= "b" then return end
    if i == 1 then return "stop", "asked" end
    if i == 2 then return "keep_state_and_data", "postpone" end
    if i == 3 then return "keep_state_and_data", { "next_event", "internal", 1 } end
    if i == 4 then return "keep_state_and_data", { "postpone", true } end
    return 42
  end, { enter = true, last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end
