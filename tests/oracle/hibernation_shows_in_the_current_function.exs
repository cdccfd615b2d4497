Code.require_file("support/oracle.ex", __DIR__)

defmodule Bear do
  use GenServer
  def init(next), do: if(next, do: {:ok, nil, next}, else: {:ok, nil})
  def handle_call(:sleep, _from, state), do: {:reply, :ok, state, :hibernate}
  def handle_call(:wake, _from, state), do: {:reply, :ok, state}
  def handle_cast(:sleep, state), do: {:noreply, state, :hibernate}
  def handle_info(:sleep, state), do: {:noreply, state, {:continue, :sleep}}
  def handle_continue(:sleep, state), do: {:noreply, state, :hibernate}
end

show = fn label, pid ->
  Oracle.settle()
  {:current_function, {_, function, _}} = Process.info(pid, :current_function)
  Oracle.show(label, [function, elem(Process.info(pid, :status), 1)])
end

{:ok, bear} = GenServer.start(Bear, nil)
show.("started", bear)
GenServer.call(bear, :sleep)
show.("asleep", bear)
:sys.get_state(bear)
show.("a system message", bear)
GenServer.call(bear, :wake)
show.("woken", bear)
GenServer.cast(bear, :sleep)
show.("by a cast", bear)
GenServer.call(bear, :wake)
send(bear, :sleep)
show.("after continue", bear)
{:ok, born} = GenServer.start(Bear, :hibernate)
show.("from init", born)
Oracle.show("still there", GenServer.call(born, :wake))
show.("woken", born)
