Code.require_file("support/oracle.ex", __DIR__)

{:ok, _} = Registry.start_link(keys: :duplicate, name: R)
Oracle.show_result("nobody", Registry.dispatch(R, "key", fn _ -> raise "never" end))
{:ok, _} = Registry.register(R, "key", 1)
{:ok, _} = Registry.register(R, "key", 2)
Oracle.show_result("dispatch", Registry.dispatch(R, "key", fn entries ->
  for {pid, value} <- entries, do: send(pid, {:value, value, pid == self()})
end))
Oracle.show_messages("message", 2)
Oracle.show("raising", Oracle.caught(fn -> Registry.dispatch(R, "key", fn _ -> raise "boom" end) end))
