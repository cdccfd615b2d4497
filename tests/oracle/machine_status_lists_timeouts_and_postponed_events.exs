Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :set, _, _ -> {:keep_state_and_data, [:postpone, {:state_timeout, 5000, 1}, {{:timeout, :x}, 5000, 2}, {{:timeout, :y}, 5000, 3}, {:timeout, 5000, 4}]}
  :cast, :clear, _, _ -> {:keep_state_and_data, [{{:timeout, :x}, :cancel}, {{:timeout, :y}, :update, 33}, {:state_timeout, :infinity, 0}]}
  _, _, _, _ -> :keep_state_and_data
end)
show = fn ->
  {:status, _, _, [_, _, _, _, [_, {:data, pairs}, _]]} = :sys.get_status(pid)
  {_, {count, timeouts}} = Enum.at(pairs, 3)
  {_, postponed} = Enum.at(pairs, 5)
  Oracle.show("Time-outs", {count, Enum.map(timeouts, &Tuple.to_list/1)})
  Oracle.show("Postponed", Enum.map(postponed, &Tuple.to_list/1))
end
show.()
Machine.casts(pid, [:set])
show.()
Machine.casts(pid, [:clear])
show.()
