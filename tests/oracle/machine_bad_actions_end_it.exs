Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :go, _, d -> _ = d; {:keep_state_and_data, [{:foo, 1}]}
  _, _, _, _ -> :keep_state_and_data
end, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show(20)

pid = Machine.start(:a, fn
  :cast, :go, _, d -> _ = d; {:keep_state_and_data, :foo}
  _, _, _, _ -> :keep_state_and_data
end, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show(20)

pid = Machine.start(:a, fn
  :cast, :go, _, d -> _ = d; {:keep_state_and_data, {:reply, :nobody, 1}}
  _, _, _, _ -> :keep_state_and_data
end, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show(20)

pid = Machine.start(:a, fn
  :cast, :go, _, d -> _ = d; {:next_state, :b, d, {:state_timeout, -1, 1}}
  _, _, _, _ -> :keep_state_and_data
end, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show(20)

pid = Machine.start(:a, fn
  :cast, :go, _, d -> _ = d; {:keep_state_and_data, {:next_event, :strange, 1}}
  _, _, _, _ -> :keep_state_and_data
end, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show(20)

pid = Machine.start(:a, fn
  :cast, :go, _, d -> _ = d; {:keep_state_and_data, {:timeout, :soon, 1}}
  _, _, _, _ -> :keep_state_and_data
end, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show(20)
