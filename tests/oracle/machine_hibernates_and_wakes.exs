Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  {:call, from}, _, _, _ -> {:keep_state_and_data, [{:hibernate, true}, {:reply, from, :asleep}]}
  :cast, :no, _, _ -> {:keep_state_and_data, [:hibernate, {:hibernate, false}]}
  _, _, _, _ -> {:keep_state_and_data, [:hibernate, {:state_timeout, 10, :woken}]}
end)
Oracle.show("call", :gen_statem.call(pid, 1))
Machine.casts(pid, [:no, :yes])
Oracle.show("call", :gen_statem.call(pid, 2))
Process.sleep(50)
:gen_statem.stop(pid)
