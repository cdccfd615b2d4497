Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:busy, fn
  {:call, from}, :ask, :free, _ -> {:keep_state_and_data, {:reply, from, :at_last}}
  {:call, _}, :ask, :busy, _ -> {:keep_state_and_data, :postpone}
  :state_timeout, _, _, d -> {:next_state, :free, d}
end, actions: {:state_timeout, 50, :free})
Oracle.show("answer", :gen_statem.call(pid, :ask))
Machine.show(20)
