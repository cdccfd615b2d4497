local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

for _, data in ipairs { false, true } do
  local pid = machine.start("a", function(type, content, state, d)
    local reply = { "reply", type[2], "last" }
    if data then return "stop_and_reply", "why", { reply }, d end
    return "stop_and_reply", "why", reply
  end, { last = true })
  local down = machine.down(pid)
  oracle.show("answer", GenStateMachine.call(pid, "go"))
  down()
  machine.show(20)
end
