Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :go, :a, d -> {:next_state, :b, d, [{:next_event, :internal, :first}]}
  :cast, _, :a, _ -> {:keep_state_and_data, :postpone}
  _, _, _, _ -> :keep_state_and_data
end)
Machine.casts(pid, [1, 2, :go])
Machine.show()
