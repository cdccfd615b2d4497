Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
tasks = for n <- 1..3, do: Task.async(fn -> Process.sleep(100 - 20 * n); n * n end)
Oracle.show("values", Task.await_many(tasks))
Oracle.show("none", Task.await_many([]))
tasks = [Task.async(fn -> Process.sleep(:infinity) end), Task.async(fn -> :fast end)]
{:exit, {reason, {module, function, [_, timeout]}}} = Oracle.caught(fn -> Task.await_many(tasks, 50) end)
Oracle.show("timeout", {reason, module, function, timeout})
tasks = [Task.async(fn -> Process.sleep(:infinity) end), Task.async(fn -> exit(:oops) end)]
{:exit, {reason, {module, function, [_, timeout]}}} = Oracle.caught(fn -> Task.await_many(tasks) end)
Oracle.show("failure", {reason, module, function, timeout})
receive(do: ({:EXIT, _, :oops} -> Oracle.show("link", :oops)))
