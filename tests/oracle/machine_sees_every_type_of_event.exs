Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  {:call, from}, :ask, _, _ -> {:keep_state_and_data, [{:reply, from, :answer}, {:next_event, :internal, :own}]}
  _, _, _, _ -> :keep_state_and_data
end)
Oracle.show("answer", :gen_statem.call(pid, :ask))
:gen_statem.cast(pid, :told)
send(pid, :plain)
send(pid, {:timeout, make_ref(), :foreign})
Machine.show()
