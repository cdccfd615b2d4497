Code.require_file("support/oracle.ex", __DIR__)

{:ok, sup} = Task.Supervisor.start_link(max_children: 1)
sleep = fn -> Process.sleep(:infinity) end
{:ok, _} = Task.Supervisor.start_child(sup, sleep)
Oracle.show_result("child", Task.Supervisor.start_child(sup, sleep))
starts = fn fun -> {:error, text} = Oracle.caught(fun); String.starts_with?(text, "reached the maximum number of tasks for this task supervisor.") end
Oracle.show("async", starts.(fn -> Task.Supervisor.async(sup, sleep) end))
Oracle.show("nolink", starts.(fn -> Task.Supervisor.async_nolink(sup, sleep) end))
Oracle.show("stream", starts.(fn -> Enum.to_list(Task.Supervisor.async_stream(sup, [1, 2], fn _ -> :ok end)) end))
Oracle.show_mailbox("left")
