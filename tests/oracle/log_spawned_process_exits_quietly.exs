Code.require_file("support/oracle.ex", __DIR__)

Oracle.log_to_stderr()
for reason <- [:normal, :boom, {:bad, 1}], do: spawn(fn -> exit(reason) end)
pid = spawn(fn -> Process.sleep(:infinity) end)
Process.exit(pid, :boom)
spawn(fn -> GenServer.call(:nobody, 1) end)
Oracle.flush_log()
IO.puts("quiet")
