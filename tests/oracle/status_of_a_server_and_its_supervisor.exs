Code.require_file("support/oracle.ex", __DIR__)

defmodule Tree do
  use Supervisor
  def start_link(arg), do: Supervisor.start_link(__MODULE__, arg, name: :tree)
  def init(_), do: Supervisor.init([], strategy: :one_for_one)
end

defmodule Plain do
  use GenServer
  def init(n), do: {:ok, n}
end

status = fn server ->
  {:status, pid, {:module, module}, [_, state, parent, debug, misc]} = :sys.get_status(server)
  Oracle.show("status", [pid == GenServer.whereis(server), module, state, parent == self(), debug])
  misc
end

{:ok, plain} = GenServer.start_link(Plain, 3, name: :plain)
[header: header, data: data, data: [{_, state}]] = status.(plain)
Oracle.show("header", to_string(header))
Oracle.show("data", Enum.map(data, fn {key, value} -> [to_string(key), value == self() || value] end))
Oracle.show("state", state)
:sys.suspend(plain)
[_, {:data, data}, _] = status.(plain)
Oracle.show("data", Enum.map(data, fn {key, value} -> [to_string(key), value == self() || value] end))
{:ok, _} = Tree.start_link(nil)
misc = status.(:tree)
Oracle.show("keys", Enum.map(misc, &elem(&1, 0)))
Oracle.show("callback", Enum.map(misc[:supervisor], fn {key, value} -> [to_string(key), value] end))
