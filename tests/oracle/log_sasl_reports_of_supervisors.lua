local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Child = GenServer.module "Child"
function Child.start_link(arg) return GenServer.start_link(Child, arg) end
function Child.init(arg)
  if arg == "stop" then return "stop", "no_start" end
  return "ok", arg
end
function Child.handle_cast(reason, state) return "stop", reason, state end

oracle.log_to_stderr()
Logger.configure { handle_sasl_reports = true }
oracle.trap_exit()
local sup = Supervisor.start_link({ { id = "Child", start = { Child, "start_link", { 1 } } } },
  { strategy = "one_for_one", max_restarts = 1, name = "Top" })
local function pid() return Supervisor.which_children(sup)[1][2] end
GenServer.cast(pid(), { "shutdown", "later" })
oracle.settle()
Process.exit(pid(), "kill")
oracle.settle()
Supervisor.start_link({ { id = "Child", start = { Child, "start_link", { "stop" } }, restart = "temporary", shutdown = 10 } },
  { strategy = "one_for_one" })
oracle.flush_log()
