Code.require_file("support/oracle.ex", __DIR__)

{:ok, pid} = Agent.start(fn -> 1 end)
:ok = Agent.stop(pid)
reason = fn {:exit, {reason, {module, function, _}}} -> {reason, module, function} end
Oracle.show("get", reason.(Oracle.caught(fn -> Agent.get(pid, & &1) end)))
Oracle.show("update", reason.(Oracle.caught(fn -> Agent.update(pid, & &1) end)))
Oracle.show("get_and_update", reason.(Oracle.caught(fn -> Agent.get_and_update(:nobody, & &1) end)))
Oracle.show_result("cast", Agent.cast(pid, & &1))
Oracle.show_reason("stop", Oracle.caught(fn -> Agent.stop(pid) end))
