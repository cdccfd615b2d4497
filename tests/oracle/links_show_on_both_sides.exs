Code.require_file("support/oracle.ex", __DIR__)

main = self()
child = spawn(fn -> Process.sleep(:infinity) end)

parent =
  spawn(fn ->
    Process.link(child)
    Process.monitor(child)
    send(main, :linked)
    Process.sleep(:infinity)
  end)

Oracle.show_messages("message", 1)
Oracle.show("parent", parent)
Oracle.show("child", child)
Oracle.show("links of the parent", Process.info(parent, :links) |> elem(1))
Oracle.show("links of the child", Process.info(child, :links) |> elem(1))
Oracle.show("monitored by", Process.info(child, :monitored_by) |> elem(1))
