local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()

Inner = GenServer.module "Inner"
function Inner.start_link(main)
  local children = { oracle.worker("leaf", {}, { main = main }) }
  return Supervisor.start_link(children, { strategy = "one_for_one", max_restarts = 0, name = "inner" })
end

for _, restart in ipairs { "permanent", "transient", "temporary" } do
  local inner = { id = "inner", start = { Inner, "start_link", { self() } }, type = "supervisor", restart = restart }
  local sup = Supervisor.start_link({ inner }, { strategy = "one_for_one" })
  oracle.show_messages("start", 1)
  local ref = Process.monitor("inner")
  GenServer.cast("leaf", { "stop", "crash" })
  oracle.show("inner", oracle.down(ref))
  oracle.settle()
  oracle.show_mailbox("message")
  oracle.show("children", Enum.map(Supervisor.which_children(sup), function(child)
    return { child[1], is_pid(child[2]) }
  end))
  Supervisor.stop(sup)
  oracle.show_mailbox("end")
end
