Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
{:ok, pid} = Agent.start_link(fn -> 1 end)
Oracle.show_result("stop", Agent.stop(pid, :shutdown))
Oracle.show_messages("exit", 1)
{:ok, pid} = Agent.start_link(fn -> 1 end)
Oracle.show_result("stop", Agent.stop(pid, {:shutdown, :enough}))
Oracle.show_messages("exit", 1)
