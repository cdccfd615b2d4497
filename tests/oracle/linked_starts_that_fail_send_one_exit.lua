local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Failing = GenServer.module "Failing"

function Failing.init(how)
  if how == "raise" then error("boom") end
  if how == "exit" then exit("left") end
  if how == "normal" then exit("normal") end
  if how == "stop" then return "stop", "refused" end
  if how == "shutdown" then return "stop", "shutdown" end
  if how == "ignore" then return "ignore" end
  if how == "nonsense" then return "nonsense" end
  if how == "killed" then Process.exit(self(), "kill") end
  if how == "shot" then Process.exit(self(), "shot") end
  if how == "fine" then return "ok", nil end
  Process.sleep(1000)
end

oracle.trap_exit()
local ways = { "raise", "exit", "normal", "stop", "shutdown", "ignore", "nonsense", "killed", "shot" }

for _, how in ipairs(ways) do
  oracle.show_result(how, GenServer.start_link(Failing, how, { name = "failing" }))
  oracle.settle()
  oracle.show_mailbox("mailbox")
end

oracle.show_result("slow", GenServer.start_link(Failing, "slow", { timeout = 20 }))
oracle.settle()
oracle.show_mailbox("mailbox")
GenServer.start_link(Failing, "fine", { name = "failing" })
oracle.show_result("name clash", GenServer.start_link(Failing, "fine", { name = "failing" }))
oracle.show_result("name clash without a link", GenServer.start(Failing, "raise", { name = "failing" }))
oracle.settle()
oracle.show_mailbox("mailbox")
