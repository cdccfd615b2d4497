Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

for data <- [false, true] do
  pid = Machine.start(:a, fn {:call, from}, :go, _, d ->
    if data, do: {:stop_and_reply, :why, [{:reply, from, :last}], d}, else: {:stop_and_reply, :why, {:reply, from, :last}}
  end, last: true)
  down = Machine.down(pid)
  Oracle.show("answer", :gen_statem.call(pid, :go))
  down.()
  Machine.show(20)
end
