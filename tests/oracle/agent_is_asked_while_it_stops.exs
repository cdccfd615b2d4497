Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
{:ok, agent} = Agent.start_link(fn -> 0 end)
asking = Task.async(fn -> Oracle.caught(fn -> Agent.get(agent, fn n -> Process.sleep(50); n end) end) end)
Process.sleep(20)
waiting = Task.async(fn -> Oracle.caught(fn -> Agent.get(agent, & &1) end) end)
Process.sleep(10)
Oracle.show_result("stop", Agent.stop(agent, :shutdown))
Oracle.show("asking", Task.await(asking))
Oracle.show("waiting", Task.await(waiting))
Oracle.show("stop again", Oracle.caught(fn -> Agent.stop(agent) end))
Oracle.show_result("cast", Agent.cast(agent, fn n -> n end))
receive do {:EXIT, ^agent, reason} -> Oracle.show("exit", reason) end
