Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :wait, :a, _ -> {:keep_state_and_data, :postpone}
  :cast, :again, _, d -> {:repeat_state, d}
  :cast, :go, _, d -> {:next_state, :b, d}
  _, _, _, _ -> :keep_state_and_data
end, enter: true, actions: {:state_timeout, 50, :kept})
Machine.casts(pid, [:wait, :again])
Machine.show(150)
Machine.casts(pid, [:go])
Machine.show()
