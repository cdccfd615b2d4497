Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :go, :a, d -> {:next_state, :b, d, :postpone}
  _, _, _, _ -> :keep_state_and_data
end)
Machine.casts(pid, [:go, :after])
Machine.show()
