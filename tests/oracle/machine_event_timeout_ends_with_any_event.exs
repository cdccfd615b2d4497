Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

script = fn
  :cast, :arm, _, _ -> {:keep_state_and_data, [{:timeout, 80, :quiet}]}
  _, _, _, _ -> :keep_state_and_data
end
pid = Machine.start(:a, script)
Machine.casts(pid, [:arm])
Machine.show(200)
Machine.casts(pid, [:arm, :disturb])
Machine.show(200)
