Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, {:to, s}, _, d -> {:next_state, s, d}
  :cast, n, :c, _ when is_integer(n) -> :keep_state_and_data
  :cast, n, _, _ when is_integer(n) -> {:keep_state_and_data, [{:postpone, true}]}
end)
Machine.casts(pid, [1, 2, {:to, :b}, 3, {:to, :b}, {:to, :c}])
Machine.show()
