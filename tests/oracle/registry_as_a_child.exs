Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
children = [{Registry, keys: :unique, name: R}, {Registry, keys: :duplicate, name: D}]
{:ok, sup} = Supervisor.start_link(children, strategy: :one_for_one)
{:ok, _} = Registry.register(R, "key", 1)
Oracle.show("lookup", Registry.lookup(R, "key"))
for {id, pid, type, modules} <- Supervisor.which_children(sup), do: Oracle.show("child", {id, is_pid(pid), type, modules})
Oracle.show("spec", Registry.child_spec(keys: :unique, name: R))
Oracle.show_result("stop", Supervisor.stop(sup) )
Oracle.show("gone", Process.whereis(R))
