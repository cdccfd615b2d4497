local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Failing = GenStateMachine.module "Failing"
Failing.callback_mode = "state_functions"

function Failing.init(how)
  if how == "exit" then exit("left") end
  if how == "normal" then exit("normal") end
  if how == "stop" then return "stop", "refused" end
  if how == "stop_normal" then return "stop", "normal" end
  if how == "ignore" then return "ignore" end
  if how == "killed" then Process.exit(self(), "kill") end
  Process.sleep(1000)
end

oracle.trap_exit()
local named = { name = "failing" }

for index, how in ipairs { "exit", "normal", "stop", "stop_normal", "ignore", "killed" } do
  oracle.show_result(how, GenStateMachine.start_link(Failing, how, named))
  oracle.settle()
  oracle.show_mailbox("mailbox")
  oracle.show_result("without a link", GenStateMachine.start(Failing, how, named))
  oracle.settle()
  oracle.show_mailbox("mailbox")
  oracle.show("name", Process.whereis("failing"))
end

oracle.show_result("slow", GenStateMachine.start_link(Failing, "slow", { timeout = 20 }))
oracle.settle()
oracle.show_mailbox("mailbox")
