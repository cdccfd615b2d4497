local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)
oracle.trap_exit()

for index, stop in ipairs {
  function(pid) GenStateMachine.stop(pid, "done", "infinity") end,
  function(pid) sys.terminate(pid, "done") end,
  function(pid) Process.exit(pid, "signal") end,
  function(pid) send(pid, { "EXIT", self(), "pretended" }) end,
  function(pid) Process.exit(pid, "kill") end,
} do
  local pid = machine.start("a", machine.keep, { last = true, trap = true })
  local down = machine.down(pid)
  sys.suspend(pid)
  machine.casts(pid, { 1 })
  stop(pid)
  oracle.settle()
  oracle.show("alive", Process.alive(pid))
  if Process.alive(pid) then sys.resume(pid) end
  oracle.settle()
  if Process.alive(pid) then GenStateMachine.stop(pid) end
  down()
  machine.show(10)
end
