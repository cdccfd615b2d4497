local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local main = self()
local pid = machine.start("a", function(type, content, state, d)
  if type[1] == "call" then
    table.insert(d.froms, type[2])
    return "keep_state", d
  end
  local a, b, c = table.unpack(d.froms)
  return "stop_and_reply", { "shutdown", "done" }, { { "reply", a, 1 }, { "reply", b, 2 }, { "reply", c, 3 } }, d
end, { froms = {}, last = true })
local down = machine.down(pid)
for n = 1, 3 do
  spawn(function() send(main, { "answer", n, GenStateMachine.call(pid, n) }) end)
  Process.sleep(20)
end
machine.casts(pid, { "stop" })
down()
machine.show()
