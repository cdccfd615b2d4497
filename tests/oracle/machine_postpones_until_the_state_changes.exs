Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:closed, fn
  :cast, :open, :closed, d -> {:next_state, :open, d}
  :cast, _, :closed, _ -> {:keep_state_and_data, :postpone}
  _, _, :open, _ -> :keep_state_and_data
end)
Machine.casts(pid, [1, 2, 3, :open, 4])
Machine.show()
