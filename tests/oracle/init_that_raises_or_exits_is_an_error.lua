local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Failing = GenServer.module "Failing"

function Failing.init(how)
  if how == "raise" then error("boom") end
  if how == "exit" then exit("left") end
  return "nonsense", 7
end

oracle.trap_exit()
oracle.show_result("raise", GenServer.start_link(Failing, "raise"))
oracle.show_messages("message", 1)
oracle.show_result("exit", GenServer.start_link(Failing, "exit"))
oracle.show_messages("message", 1)
oracle.show_result("bad return", GenServer.start_link(Failing, "nonsense"))
oracle.show_messages("message", 1)
