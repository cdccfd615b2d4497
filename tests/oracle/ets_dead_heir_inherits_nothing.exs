Code.require_file("support/oracle.ex", __DIR__)

{heir, heir_ref} = spawn_monitor(fn -> :ok end)
Oracle.show("heir", Oracle.down(heir_ref))
{_, ref} = spawn_monitor(fn -> :ets.new(:lost, [:named_table, {:heir, heir, 1}]) end)
Oracle.show("owner", Oracle.down(ref))
Oracle.show("table", :ets.info(:lost))
