Code.require_file("support/oracle.ex", __DIR__)

{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one)
send(sup, :hello)
GenServer.cast(sup, :hello)
spawn(fn -> Process.exit(sup, :oops) end)
Oracle.settle()
Oracle.show("alive", Process.alive?(sup))
Oracle.show("children", DynamicSupervisor.which_children(sup))
