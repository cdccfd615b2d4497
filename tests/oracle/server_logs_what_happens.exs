Code.require_file("support/oracle.ex", __DIR__)

defmodule Server do
  use GenServer
  def init(n), do: {:ok, n}
  def handle_call(request, _, n), do: {:reply, request, n + 1}
  def handle_cast(_, n), do: {:noreply, n + 10}
  def handle_info(_, n), do: {:noreply, n + 100}
end

{:ok, pid} = GenServer.start(Server, 0)
:sys.log(pid, true)
GenServer.call(pid, :ask)
GenServer.cast(pid, :tell)
send(pid, :hello)
{:ok, [{:in, {:"$gen_call", _, :ask}}, {:out, :ask, {_, _}, 1} | rest] = log} = :sys.log(pid, :get)
Oracle.show("log", Enum.map(rest, &Tuple.to_list/1))
{:status, _, _, [_, _, _, _, [_, {:data, pairs}, _]]} = :sys.get_status(pid)
Oracle.show("names", for({name, _} <- pairs, do: to_string(name)))
Oracle.show("count", {length(log), length(elem(List.last(pairs), 1))})
