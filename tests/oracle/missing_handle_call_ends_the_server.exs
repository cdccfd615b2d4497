Code.require_file("support/oracle.ex", __DIR__)

defmodule Bare do
  use GenServer
  def init(n), do: {:ok, n}
end

says = fn {{error, stack}, _call}, text when is_list(stack) -> Exception.message(error) =~ text end

{:ok, pid} = GenServer.start(Bare, 5)
{:exit, reason} = Oracle.caught(fn -> GenServer.call(pid, :hello) end)
Oracle.show("names the callback", says.(reason, "no handle_call/3 clause was provided"))

{:ok, pid} = GenServer.start(Bare, 5)
ref = Process.monitor(pid)
GenServer.cast(pid, :hello)
Oracle.show("names the callback", says.({Oracle.down(ref), nil}, "no handle_cast/2 clause was provided"))
