local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("idle", function(type, content, state, d)
  if content == "wait" then
    d.from = type[2]
    return "next_state", "busy", d
  end
  return "next_state", "idle", d, { "reply", d.from, "finished" }
end)
local main = self()
spawn(function() send(main, { "got", GenStateMachine.call(pid, "wait") }) end)
Process.sleep(30)
machine.casts(pid, { "done" })
machine.show()
