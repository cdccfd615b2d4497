Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  :cast, :ask, _, d -> send(d.main, {:n, d.n}); :keep_state_and_data
end, n: 1)
{state, data} = :sys.replace_state(pid, fn {:a, d} -> {:b, %{d | n: 2}} end)
Oracle.show("replaced", {state, data.n})
Machine.casts(pid, [:ask])
Machine.show(20)
Oracle.show("fails", Oracle.raises(fn -> :sys.replace_state(pid, fn _ -> raise "boom" end) end) or true)
Oracle.show("state", elem(:sys.get_state(pid), 0))
