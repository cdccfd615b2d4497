Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

script = fn
  :cast, :data, _, d -> {:repeat_state, d}
  :cast, :plain, _, _ -> :repeat_state_and_data
  :cast, :acts, _, d -> {:repeat_state, d, [{:next_event, :internal, 1}]}
  _, _, _, _ -> :keep_state_and_data
end
for enter <- [true, false] do
  pid = Machine.start(:a, script, enter: enter)
  Machine.casts(pid, [:data, :plain, :acts])
  Machine.show()
end
