Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :go, _, _ -> {:keep_state_and_data, [{:next_event, :internal, 1}, {:next_event, :cast, 2}, {:next_event, :info, 3}]}
  :internal, 1, _, _ -> {:keep_state_and_data, {:next_event, :internal, :inner}}
  _, _, _, _ -> :keep_state_and_data
end)
:sys.suspend(pid)
Machine.casts(pid, [:go, :later])
:sys.resume(pid)
Machine.show()
