Code.require_file("support/oracle.ex", __DIR__)

{_, ref} =
  spawn_monitor(fn ->
    spawn_link(fn -> exit(:shutdown) end)
    Process.sleep(:infinity)
  end)

Oracle.show_reason("linked process", Oracle.down(ref))
