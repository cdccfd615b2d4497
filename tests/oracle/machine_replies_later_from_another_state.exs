Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:idle, fn
  {:call, from}, :wait, _, d -> {:next_state, :busy, Map.put(d, :from, from)}
  :cast, :done, :busy, d -> {:next_state, :idle, d, {:reply, d.from, :finished}}
end)
main = self()
spawn(fn -> send(main, {:got, :gen_statem.call(pid, :wait)}) end)
Process.sleep(30)
Machine.casts(pid, [:done])
Machine.show()
