Code.require_file("support/oracle.ex", __DIR__)

defmodule Slow do
  use GenServer
  def start_link(id, main), do: GenServer.start_link(__MODULE__, {id, main}, name: id)

  def init({id, main}) do
    send(main, {:starting, id})
    Process.sleep(80)
    {:ok, main}
  end

  def handle_cast(:crash, state), do: {:stop, :crash, state}
end

main = self()
{:ok, sup} = Supervisor.start_link([], strategy: :one_for_one)
slow = fn id -> %{id: id, start: {Slow, :start_link, [id, main]}} end
ask = fn label, fun -> spawn(fn -> send(main, {label, fun.()}) end) end
ask.(:started, fn -> elem(Supervisor.start_child(sup, slow.(:a)), 0) end)
Oracle.show_messages("message", 1)
ask.(:counted, fn -> Supervisor.count_children(sup).active end)
Process.sleep(10)
ask.(:terminated, fn -> Supervisor.terminate_child(sup, :a) end)
Process.sleep(10)
ask.(:again, fn -> elem(Supervisor.restart_child(sup, :a), 0) end)
Process.sleep(10)
Oracle.show("too early", Oracle.caught(fn -> GenServer.call(sup, :count_children, 10) end) |> elem(0))
Oracle.show_messages("message", 5)
GenServer.cast(:a, :crash)
Oracle.show_messages("message", 1)
ask.(:while_it_restarts, fn -> for({id, pid, _, _} <- Supervisor.which_children(sup), do: [id, is_pid(pid)]) end)
Oracle.show("supervisor's queue", (Process.sleep(10); elem(Process.info(sup, :message_queue_len), 1)))
Oracle.show_messages("message", 1)
