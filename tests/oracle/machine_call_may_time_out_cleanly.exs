Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  {:call, from}, :ask, _, _ -> {:keep_state_and_data, {:reply, from, :answer}}
  _, _, _, _ -> :keep_state_and_data
end)
for timeout <- [:infinity, 1000, {:clean_timeout, 1000}, {:dirty_timeout, 1000}, {:clean_timeout, :infinity}] do
  Oracle.show("call", :gen_statem.call(pid, :ask, timeout))
end
for timeout <- [10, {:clean_timeout, 10}, {:dirty_timeout, 10}] do
  Oracle.show("late", Machine.caught(fn -> :gen_statem.call(pid, :wait, timeout) end))
end
