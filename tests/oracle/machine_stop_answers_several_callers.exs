Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

main = self()
pid = Machine.start(:a, fn
  {:call, from}, _, _, %{froms: froms} = d -> {:keep_state, %{d | froms: [from | froms]}}
  :cast, :stop, _, %{froms: [a, b, c]} = d ->
    {:stop_and_reply, {:shutdown, :done}, [{:reply, c, 1}, {:reply, b, 2}, {:reply, a, 3}], d}
end, froms: [], last: true)
down = Machine.down(pid)
for n <- 1..3 do
  spawn(fn -> send(main, {:answer, n, :gen_statem.call(pid, n)}) end)
  Process.sleep(20)
end
Machine.casts(pid, [:stop])
down.()
Machine.show()
