local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Moody = GenServer.module "Moody"
function Moody.start_link(id, agent, main)
  return GenServer.start_link(Moody, { id, agent, main }, { name = id })
end

function Moody.init(arg)
  local mood = Agent.get_and_update(arg[2], function(count) return count, count + 1 end)
  send(arg[3], { "init", arg[1], mood })
  if mood == 2 or mood == 3 then return "ignore" end
  return "ok", nil
end

function Moody.handle_cast.crash(state) return "stop", "crash", state end

for _, restart in ipairs { "permanent", "transient", "temporary" } do
  local agent = Agent.start_link(function() return 1 end)
  local moody = { id = "moody", start = { Moody, "start_link", { "moody", agent, self() } }, restart = restart }
  local sup = Supervisor.start_link({ moody }, { strategy = "one_for_one" })
  GenServer.cast("moody", "crash")
  oracle.settle()
  oracle.show_mailbox("message")
  oracle.show("children", Supervisor.which_children(sup))
  oracle.show("counts", Supervisor.count_children(sup))
  oracle.show_result("restart", Supervisor.restart_child(sup, "moody"))
  oracle.show_result("restart", Supervisor.restart_child(sup, "moody"))
  oracle.show_mailbox("message")
  Supervisor.stop(sup)
end
