Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

defmodule Changing do
  def callback_mode, do: if(:persistent_term.get(:changed, false), do: :state_functions, else: :handle_event_function)
  def init(n), do: {:ok, :a, n}
  def handle_event({:call, from}, _, state, n), do: {:keep_state_and_data, {:reply, from, {:handled, state, n}}}
  def b({:call, from}, _, n), do: {:keep_state_and_data, {:reply, from, {:by_state, n}}}
  def code_change(old, :a, n, extra), do: {:ok, :b, {old, n, extra}}
end

{:ok, pid} = :gen_statem.start(Changing, 1, [])
Oracle.show("before", :gen_statem.call(pid, :ask))
:sys.suspend(pid)
:persistent_term.put(:changed, true)
Oracle.show("change", :sys.change_code(pid, Changing, :v1, :extra) == :ok)
:sys.resume(pid)
Oracle.show("after", :gen_statem.call(pid, :ask))
