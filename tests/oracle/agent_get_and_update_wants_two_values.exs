Code.require_file("support/oracle.ex", __DIR__)

{:ok, pid} = Agent.start(fn -> 1 end)
ref = Process.monitor(pid)
Oracle.show_reason("caller", Oracle.caught(fn -> Agent.get_and_update(pid, fn n -> n end) end) |> elem(1) |> elem(0))
Oracle.show_reason("down", Oracle.down(ref))
