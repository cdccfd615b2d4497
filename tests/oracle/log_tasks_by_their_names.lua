local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Work = GenServer.module "Work"
function Work.run(a, b) error("boom " .. a) end

oracle.log_to_stderr()
oracle.trap_exit()
Process.register(self(), "boss")
local down = oracle.flush_log_of
down(Task.start(Work, "run", { 1, { "b", 2 } }))
down(Task.start_link(function() exit { "bad", 1 } end))
Task.Supervisor.start_link { name = "Sup" }
local task = Task.Supervisor.async_nolink("Sup", Work, "run", { 2 })
down(task.pid)
down(Task.Supervisor.start_child("Sup", function() Process.register(self(), "worker") error("named") end))
down(Task.start(function() exit("shutdown") end))
down(Task.start(function() GenServer.call("nobody", "x") end))
for _ in Task.async_stream({ 1 }, function() exit("in_stream") end) do end
oracle.flush_log()
