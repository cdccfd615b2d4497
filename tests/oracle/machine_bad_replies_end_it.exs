Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :go, _, d -> _ = d; {:stop_and_reply, :why, [{:foo, 1}]}
  _, _, _, _ -> :keep_state_and_data
end, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show(20)

pid = Machine.start(:a, fn
  :cast, :go, _, d -> _ = d; {:stop_and_reply, :why, []}
  _, _, _, _ -> :keep_state_and_data
end, last: true)
down = Machine.down(pid)
Machine.casts(pid, [:go])
down.()
Machine.show(20)
