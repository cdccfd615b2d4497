Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

defmodule Shown do
  def callback_mode, do: :handle_event_function
  def init(how), do: {:ok, :a, how}
  def handle_event(_, _, _, _), do: {:keep_state_and_data, [:postpone, {:state_timeout, 5000, :late}]}
  def format_status(%{data: :raises}), do: raise("x")
  def format_status(%{data: :list} = status), do: Map.put(status, :"$status", [{:own, 1}, {:own, 2}])
  def format_status(%{data: :word} = status), do: Map.put(status, :"$status", :word)
  def format_status(%{data: :plain} = status), do: status
  def format_status(%{timeouts: [_]} = status), do: %{status | data: :hidden, postponed: [], timeouts: :some}
end

lists = fn
  pairs when is_list(pairs) -> Enum.map(pairs, &if(is_tuple(&1), do: Tuple.to_list(&1), else: &1))
  {count, timeouts} when is_list(timeouts) -> {count, Enum.map(timeouts, &Tuple.to_list/1)}
  other -> other
end

for how <- [:raises, :list, :word, :plain, :hides] do
  {:ok, pid} = :gen_statem.start(Shown, how, [])
  :gen_statem.cast(pid, 1)
  {:status, _, {:module, module}, [_, state, _, _, [_, {:data, pairs} | own]]} = :sys.get_status(pid)
  Oracle.show("module", {module, state})
  for {name, value} <- Enum.drop(pairs, 2), do: Oracle.show(to_string(name), lists.(value))

  own =
    for each <- own do
      with {:data, [{'State', {state, data}}]} <- each,
           do: {:data, {"State", {state, String.replace_prefix(to_string(data), "Elixir.", "")}}}
    end

  Oracle.show("own", lists.(own))
end
