Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  {:call, from}, :go, :a, d -> {:next_state, :b, Map.put(d, :from, from), [{:next_event, :internal, :own}]}
  :enter, _, :b, d -> {:keep_state_and_data, [{:reply, d.from, :entered}, {:state_timeout, 50, :b_is_over}]}
  _, _, _, _ -> :keep_state_and_data
end, enter: true)
Oracle.show("answer", :gen_statem.call(pid, :go))
Machine.show(150)
