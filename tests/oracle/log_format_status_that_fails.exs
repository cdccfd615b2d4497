Code.require_file("support/oracle.ex", __DIR__)
defmodule Fails do
  use GenServer
  def init(how), do: {:ok, how}
  def handle_cast(reason, state), do: {:stop, reason, state}
  def format_status(%{state: :raise}), do: raise("no status")
  def format_status(%{state: :own} = status), do: Map.put(status, :"$status", "my own")
  def format_status(%{state: :list} = status), do: Map.put(status, :"$status", ["one", "two"])
end

Oracle.log_to_stderr()
for how <- [:raise, :own, :list] do
  {:ok, pid} = GenServer.start(Fails, how)
  {:status, _, _, [_, _, _, _, [_header, _data | own]]} = :sys.get_status(pid)
  own = for part <- own, do: if(match?({:data, [{_, text}]} when is_list(text), part), do: (with {:data, [{label, text}]} <- part, do: [to_string(label), to_string(text)]), else: part)
  Oracle.show("#{how}", own |> Enum.map(fn [label, text] -> [label, String.replace(text, "Elixir.", "")]; {:data, [{label, v}]} -> [to_string(label), v]; x -> x end))
  if how == :raise, do: GenServer.stop(pid), else: GenServer.cast(pid, :bad)
  Oracle.flush_log_of(pid)
end
