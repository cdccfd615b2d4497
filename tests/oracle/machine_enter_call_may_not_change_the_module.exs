Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :enter, _, :b, _ -> {:keep_state_and_data, {:push_callback_module, Machine}}
  :enter, _, _, _ -> :keep_state_and_data
  :cast, :go, _, d -> {:next_state, :b, d}
end, enter: true, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show()
