Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

defmodule Inits do
  def callback_mode, do: :state_functions
  def init(:stop), do: {:stop, :why}
  def init(:ignore), do: :ignore
  def init(:bad), do: {:ok, :only_a_state}
  def init(:raise), do: raise("boom")
  def init(:exit), do: exit(:out)
  def init(:ok), do: {:ok, :a, 1}
  def init(:acts), do: {:ok, :a, 1, [{:next_event, :internal, :own}]}
  def a(:internal, :own, n), do: {:keep_state, n + 1}
end

for arg <- [:stop, :ignore, :raise, :exit] do
  case :gen_statem.start(Inits, arg, []) do
    {:error, %{message: text}} -> Oracle.show(arg, text)
    result -> Oracle.show_result(arg, result)
  end
end

{:error, bad} = :gen_statem.start(Inits, :bad, [])
Oracle.show("bad", elem(bad, 0))

for arg <- [:ok, :acts] do
  {:ok, pid} = :gen_statem.start(Inits, arg, [])
  Oracle.show(arg, :sys.get_state(pid))
end
