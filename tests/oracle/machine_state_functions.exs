Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

defmodule Lock do
  def callback_mode, do: [:state_functions, :state_enter]
  def init(code), do: {:ok, :locked, %{code: code, tries: 0}}
  def locked(:enter, old, d), do: {:keep_state, Map.put(d, :old, old)}
  def locked({:call, from}, {:code, code}, %{code: code} = d), do: {:next_state, :open, d, {:reply, from, :ok}}
  def locked({:call, from}, {:code, _}, d), do: {:keep_state, %{d | tries: d.tries + 1}, {:reply, from, :wrong}}
  def open(:enter, old, d), do: {:keep_state, Map.put(d, :old, old), {:state_timeout, 50, :lock}}
  def open(:state_timeout, :lock, d), do: {:next_state, :locked, d}
end

{:ok, pid} = :gen_statem.start(Lock, 42, [])
for code <- [1, 42], do: Oracle.show("code", :gen_statem.call(pid, {:code, code}))
Oracle.show("state", :sys.get_state(pid))
Process.sleep(100)
Oracle.show("state", :sys.get_state(pid))
