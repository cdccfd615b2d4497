Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

for answer <- [{:next_state, :c, 1}, {:keep_state_and_data, :postpone}, {:keep_state_and_data, {:next_event, :internal, 1}}, {:keep_state_and_data, {:postpone, true}}, 42] do
  pid = Machine.start(:a, fn
    :cast, :go, _, d -> {:next_state, :b, d}
    :enter, _, :b, d -> if answer == {:next_state, :c, 1}, do: {:stop, :asked}, else: (_ = d; answer)
    _, _, _, _ -> :keep_state_and_data
  end, enter: true, last: true)
  down = Machine.down(pid)
  Machine.casts(pid, [:go])
  down.()
  Machine.show(20)
end
