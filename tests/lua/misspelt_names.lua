-- A misspelt function, option or variable is told with the name that was most likely meant.
local function complaint(...)
  local _, message = pcall(...)
  return (tostring(message):gsub("^%S-%.lua:%d+: ", ""))
end

Counter = GenServer.module "Counter"
function Counter.init(n) return "ok", n end

print(complaint(function() GenServer.start_lnk(Counter, 1) end))
-- expect: function GenServer.start_lnk is undefined or private. Did you mean GenServer.start_link?
print(complaint(function() Process.slep(1) end))
-- expect: function Process.slep is undefined or private. Did you mean Process.sleep?
print(complaint(function() Enum.frobnicate({}) end))
-- expect: function Enum.frobnicate is undefined or private

print(complaint(GenServer.start_link, Counter, 1, { nmae = "x" }))
-- expect: bad argument #3 to 'GenServer.start_link' (there is no option nmae: did you mean name? there are name, timeout, debug, hibernate_after and spawn_opt)
print(complaint(GenServer.start_link, Counter, 1, { "x" }))
-- expect: bad argument #3 to 'GenServer.start_link' (there is no option 1: there are name, timeout, debug, hibernate_after and spawn_opt)
print(complaint(Supervisor.start_link, {}, { strategey = "one_for_one" }))
-- expect: bad argument #2 to 'Supervisor.start_link' (there is no option strategey: did you mean strategy? there are strategy, max_restarts, max_seconds, auto_shutdown, name, timeout, debug, hibernate_after and spawn_opt)
print(complaint(Supervisor.init, {}, { name = "x" }))
-- expect: bad argument #2 to 'Supervisor.init' (there is no option name: there are strategy, max_restarts, max_seconds and auto_shutdown)
print(complaint(DynamicSupervisor.start_link, { max_childern = 1 }):match("did you mean [%w_]+"))
-- expect: did you mean max_children
print(complaint(Registry.start_link, { key = "unique", name = "R" }):match("did you mean [%w_]+"))
-- expect: did you mean keys
print(complaint(PubSub.start_link, { name = "P", poolsize = 1 }):match("did you mean [%w_]+"))
-- expect: did you mean pool_size
print(complaint(Agent.start_link, function() end, { naem = "x" }))
-- expect: bad argument #2 to 'Agent.start_link' (there is no option naem: did you mean name? there are name, timeout, debug, hibernate_after and spawn_opt)
print(complaint(Task.async_stream, {}, print, { max_concurency = 1 }):match("did you mean [%w_]+"))
-- expect: did you mean max_concurrency
print(complaint(PartitionSupervisor.start_link, { name = "P", child_spek = 1 }):match("did you mean [%w_]+"))
-- expect: did you mean child_spec

-- In a child specification too, where Elixir would silently start a permanent child.
print(complaint(Supervisor.start_link,
  { { id = "a", start = { Counter, "start_link", { 1 } }, restrat = "temporary" } },
  { strategy = "one_for_one" }))
-- expect: unknown key restrat in child specification (did you mean restart? there are id, start, restart, shutdown, type, modules and significant)

print(complaint(Process.exit, self()))
-- expect: bad argument #2 to 'Process.exit' (reason: a reason expected, got nothing)
print(complaint(Process.flag, "trap_exits", true))
-- expect: bad argument #1 to 'Process.flag' (flag: "trap_exit" expected, got "trap_exits")
print(complaint(Process.send_after, self(), "late"))
-- expect: bad argument #3 to 'Process.send_after' (ms: a number of milliseconds expected, got nil)

-- A name that is really new is nobody's mistake.
GenServer.my_own = function() return "mine" end
print(GenServer.my_own()) -- expect: mine
