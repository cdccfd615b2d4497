local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

OnlyOnce = GenServer.module "OnlyOnce"
function OnlyOnce.start_link(main) return GenServer.start_link(OnlyOnce, main, { name = OnlyOnce }) end

function OnlyOnce.init(main)
  send(main, { "init", self() })
  return receive { { { "answer", _, _ }, function(word, value) return word, value end } }
end

oracle.trap_exit()
local main = self()

local function answer(word, value)
  return receive {
    { { "init", _ }, function(pid) send(pid, { "answer", word, value }) return true end },
    after = { 500, function() return false end },
  }
end

spawn_link(function()
  Process.flag("trap_exit", true)
  local sup = Supervisor.start_link({ { OnlyOnce, main } }, { strategy = "one_for_one", max_restarts = 3 })
  send(main, "started")
  receive { { { "EXIT", sup, _ }, function(reason) send(main, { "ended", reason }) end } }
end)

answer("ok", 0)
oracle.show_messages("message", 1)
Process.exit(Process.whereis(OnlyOnce), "kill")
local attempts = 0
while attempts < 10 and answer("stop", "no") do attempts = attempts + 1 end
oracle.show("failed restarts", attempts)
oracle.show_messages("message", 1)
