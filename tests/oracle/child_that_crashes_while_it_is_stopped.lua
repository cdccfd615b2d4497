local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Bad = GenServer.module "Bad"
function Bad.start_link(id, how, main) return GenServer.start_link(Bad, { id, how, main }, { name = id }) end

function Bad.init(arg)
  Process.flag("trap_exit", true)
  return "ok", arg
end

function Bad.terminate(reason, state)
  local id, how, main = state[1], state[2], state[3]
  send(main, { "terminate", id, reason })
  if how == "raise" then error("in terminate") end
  if how == "exit" then exit("other") end
  if how == "slow" then Process.sleep(1000) end
end

oracle.trap_exit()
local ids = { "fine", "raise", "exit", "slow" }
local main = self()
local children = Enum.map(ids, function(id)
  return { id = id, start = { Bad, "start_link", { id, id, main } }, shutdown = 50 }
end)
local sup = Supervisor.start_link(children, { strategy = "one_for_one" })
local refs = Enum.map(ids, function(id) return Process.monitor(Process.whereis(id)) end)
oracle.show_result("terminate", Supervisor.terminate_child(sup, "raise"))
oracle.show_result("again", Supervisor.terminate_child(sup, "raise"))
oracle.show_result("restart", is_pid(Supervisor.restart_child(sup, "raise")))
oracle.show_result("stop", Supervisor.stop(sup))
for i = 1, 5 do
  receive {
    { { "terminate", _, _ }, function(id, reason) oracle.show("terminate", { id, reason }) end },
  }
end
for index, ref in ipairs(refs) do oracle.show_reason("down", oracle.down(ref)) end
oracle.show_mailbox("message")
