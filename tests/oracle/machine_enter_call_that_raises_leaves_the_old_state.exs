Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :go, _, d -> {:next_state, :b, d}
  :enter, _, :b, _ -> raise("boom")
  _, _, _, _ -> :keep_state_and_data
end, enter: true, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show(20)
