Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :go, _, _ -> {:keep_state_and_data, [{:state_timeout, 0, 1}, {{:timeout, :t}, 0, 2}, {:next_event, :internal, :own}]}
  _, _, _, _ -> :keep_state_and_data
end)
:sys.suspend(pid)
Machine.casts(pid, [:go, :later])
:sys.resume(pid)
Machine.show()
