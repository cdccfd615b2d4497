Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :enter, _, _, _ -> :keep_state_and_data
  :cast, s, _, d -> {:next_state, s, d}
end, enter: true)
Machine.casts(pid, [:b, :b, :a])
Machine.show()
