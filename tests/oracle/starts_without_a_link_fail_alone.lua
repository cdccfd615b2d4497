local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Failing = GenServer.module "Failing"

function Failing.init(how)
  if how == "raise" then error("boom") end
  if how == "exit" then exit("left") end
  if how == "normal" then exit("normal") end
  if how == "stop" then return "stop", "refused" end
  if how == "ignore" then return "ignore" end
  if how == "nonsense" then return "nonsense" end
  if how == "killed" then Process.exit(self(), "kill") end
  if how == "shot" then Process.exit(self(), "shot") end
  Process.sleep(1000)
end

oracle.trap_exit()

for _, how in ipairs { "raise", "exit", "normal", "stop", "ignore", "nonsense", "killed", "shot" } do
  oracle.show_result(how, GenServer.start(Failing, how, { name = "failing" }))
  oracle.show("name", Process.whereis("failing"))
end

oracle.show_result("slow", GenServer.start(Failing, "slow", { name = "failing", timeout = 20 }))
oracle.settle()
oracle.show("name", Process.whereis("failing"))
oracle.settle()
oracle.show_mailbox("mailbox")
