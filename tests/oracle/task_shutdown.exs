Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
show = fn label, result -> Oracle.show(label, result || :none) end
show.("waiting", Task.shutdown(Task.async(fn -> Process.sleep(:infinity) end)))
show.("brutal", Task.shutdown(Task.async(fn -> Process.sleep(:infinity) end), :brutal_kill))
task = Task.async(fn -> :done end)
Oracle.settle()
show.("done", Task.shutdown(task))
task = Task.async(fn -> exit(:oops) end)
Oracle.settle()
show.("failed", Task.shutdown(task))

stubborn = fn ->
  Process.flag(:trap_exit, true)
  receive(do: ({:EXIT, _, :shutdown} -> Process.sleep(:infinity)))
end

task = Task.async(stubborn)
Oracle.settle()
show.("stubborn", Task.shutdown(task, 50))

polite = fn ->
  Process.flag(:trap_exit, true)
  receive(do: ({:EXIT, _, :shutdown} -> exit(:bye)))
end

task = Task.async(polite)
Oracle.settle()
show.("polite", Task.shutdown(task))
task = Task.async(fn -> Process.flag(:trap_exit, true); receive(do: ({:EXIT, _, :shutdown} -> :saved)) end)
Oracle.settle()
show.("saved", Task.shutdown(task))
show.("completed", Oracle.raises(fn -> Task.shutdown(Task.completed(1)) end))
