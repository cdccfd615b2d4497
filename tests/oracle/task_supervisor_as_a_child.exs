Code.require_file("support/oracle.ex", __DIR__)

spec = Task.Supervisor.child_spec(name: :tasks)
Oracle.show("spec", spec)
Oracle.show("id", Task.Supervisor.child_spec([]).id)
{:ok, sup} = Supervisor.start_link([{Task.Supervisor, name: :tasks}], strategy: :one_for_one)
[{id, _, type, modules}] = Supervisor.which_children(sup)
Oracle.show("child", {id, type, modules})
Oracle.show("await", Task.await(Task.Supervisor.async(:tasks, fn -> :here end)))
