Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :go, _, d -> _ = d; 42
  _, _, _, _ -> :keep_state_and_data
end, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show(20)

pid = Machine.start(:a, fn
  :cast, :go, _, d -> _ = d; {:next_state, :b}
  _, _, _, _ -> :keep_state_and_data
end, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show(20)

pid = Machine.start(:a, fn
  :cast, :go, _, d -> _ = d; {:reply, 1}
  _, _, _, _ -> :keep_state_and_data
end, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show(20)
