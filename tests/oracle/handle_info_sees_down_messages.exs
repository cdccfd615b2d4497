Code.require_file("support/oracle.ex", __DIR__)

defmodule Watcher do
  use GenServer
  def init(main), do: {:ok, main}

  def handle_cast({:watch, pid}, main) do
    Process.monitor(pid)
    send(main, :watching)
    {:noreply, main}
  end

  def handle_info({:DOWN, _ref, :process, pid, reason}, main) do
    send(main, {:lost, pid, reason})
    {:noreply, main}
  end
end

{:ok, watcher} = GenServer.start_link(Watcher, self())
pid = spawn(fn -> Process.sleep(:infinity) end)
GenServer.cast(watcher, {:watch, pid})
Oracle.show_messages("message", 1)
Process.exit(pid, :boom)
Oracle.show_messages("message", 1)
