Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :stay, _, d -> {:next_state, :a, d}
  :cast, :leave, _, d -> {:next_state, :b, d}
  _, _, _, _ -> :keep_state_and_data
end, actions: [{:state_timeout, 100, :late}])
Machine.casts(pid, [:stay])
Machine.show(200)
pid = Machine.start(:a, fn
  :cast, :leave, _, d -> {:next_state, :b, d}
  _, _, _, _ -> :keep_state_and_data
end, actions: [{:state_timeout, 100, :late}])
Machine.casts(pid, [:leave])
Machine.show(200)
