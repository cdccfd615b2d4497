Code.require_file("support/oracle.ex", __DIR__)

{_, ref} =
  spawn_monitor(fn ->
    spawn_link(fn ->
      spawn_link(fn -> exit(:boom) end)
      Process.sleep(:infinity)
    end)

    Process.sleep(:infinity)
  end)

Oracle.show_reason("first of the chain", Oracle.down(ref))
