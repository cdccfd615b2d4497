Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :go, :a, d -> {:next_state, :b, d, [{:next_event, :internal, 1}, {:next_event, :cast, 2}, {:next_event, :info, 3}]}
  :internal, 1, :b, _ -> {:keep_state_and_data, [{:next_event, :internal, 11}, {:next_event, :internal, 12}]}
  :cast, 2, :b, _ -> {:keep_state_and_data, :postpone}
  :info, 3, :b, d -> {:next_state, :c, d, {:next_event, :internal, 31}}
  :cast, _, :a, _ -> {:keep_state_and_data, :postpone}
  _, _, _, _ -> :keep_state_and_data
end)
Machine.casts(pid, [:x, :y, :go, :z])
Machine.show()
