Code.require_file("support/oracle.ex", __DIR__)

{:ok, pid} = Agent.start(fn -> 1 end)
{:exit, {reason, {module, function, [server, {what, _}, timeout]}}} = Oracle.caught(fn -> Agent.get(pid, fn n -> Process.sleep(200); n end, 50) end)
Oracle.show("exit", {reason, {module, function, {server, what, timeout}}})
Oracle.show("later", Agent.get(pid, & &1))
Oracle.show_mailbox("mailbox")
