Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
{:ok, pid} = Registry.start_link(keys: :unique, name: R)
Oracle.show("pid", pid)
Oracle.show_result("again", Registry.start_link(keys: :unique, name: R))
Oracle.show("whereis", Process.whereis(R))
