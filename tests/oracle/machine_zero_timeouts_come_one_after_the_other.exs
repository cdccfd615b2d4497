Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :go, _, _ -> {:keep_state_and_data, [{:timeout, 0, :event}, {:state_timeout, 0, :state}, {{:timeout, :t}, 0, :named}]}
  {:timeout, :t}, _, _, d -> {:next_state, :b, d}
  _, _, _, _ -> :keep_state_and_data
end)
Machine.casts(pid, [:go])
Machine.show()
pid = Machine.start(:a, fn
  :cast, :go, _, _ -> {:keep_state_and_data, [{{:timeout, :t}, 0, :named}, {:state_timeout, 0, :state}]}
  {:timeout, :t}, _, _, d -> {:next_state, :b, d}
  _, _, _, _ -> :keep_state_and_data
end)
Machine.casts(pid, [:go])
Machine.show()
