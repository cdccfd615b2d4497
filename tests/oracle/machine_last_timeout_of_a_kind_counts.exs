Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :go, _, _ -> {:keep_state_and_data, [{:state_timeout, 0, :first}, {:state_timeout, 50, :second}, {{:timeout, 1}, 50, :x}, {{:timeout, 1}, :cancel}]}
  _, _, _, _ -> :keep_state_and_data
end)
Machine.casts(pid, [:go])
Machine.show(150)
