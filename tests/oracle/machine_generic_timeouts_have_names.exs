Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :arm, _, d -> {:next_state, :b, d, [{{:timeout, :slow}, 120, 1}, {{:timeout, :fast}, 60, 2}]}
  :cast, :leave, _, d -> {:next_state, :c, d}
  _, _, _, _ -> :keep_state_and_data
end)
Machine.casts(pid, [:arm, :leave])
Machine.show(250)
