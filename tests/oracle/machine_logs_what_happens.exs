Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :later, :a, _ -> {:keep_state_and_data, [:postpone, {{:timeout, :x}, 5000, 1}, {:timeout, 0, 2}]}
  :cast, :go, :a, d -> {:next_state, :b, d, {:next_event, :internal, :int}}
  {:call, from}, _, _, _ -> {:keep_state_and_data, {:reply, from, :ok}}
  _, _, _, _ -> :keep_state_and_data
end)
:sys.log(pid, {true, 20})
Machine.casts(pid, [:later])
Oracle.settle()
Machine.casts(pid, [:go])
Oracle.show("call", :gen_statem.call(pid, :ask))
send(pid, :hello)
{:ok, log} = :sys.log(pid, :get)
for event <- log, do: Oracle.show("log", event)
