local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Failing = GenServer.module "Failing"

function Failing.init(how)
  if how == "raise" then error("boom") end
  return "stop", how
end

oracle.log_to_stderr()
GenServer.start(Failing, "raise")
GenServer.start(Failing, "no_disk")
oracle.flush_log()
print("quiet")
