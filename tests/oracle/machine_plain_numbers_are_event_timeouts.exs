Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, n, _, _ -> {:keep_state_and_data, n}
  _, _, _, _ -> :keep_state_and_data
end)
Machine.casts(pid, [50])
Machine.show(150)
Machine.casts(pid, [0])
Machine.show(50)
Machine.casts(pid, [:infinity])
Machine.show(50)
