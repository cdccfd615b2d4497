Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start({:floor, 1}, fn
  :cast, :up, {:floor, n}, d -> {:next_state, {:floor, n + 1}, d}
  :cast, :stay, {:floor, n}, d -> {:next_state, {:floor, n}, d}
  _, _, _, _ -> :keep_state_and_data
end, enter: true)
Machine.casts(pid, [:up, :stay, :up])
Machine.show()
