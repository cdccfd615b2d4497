Code.require_file("support/oracle.ex", __DIR__)

main = self()

defmodule Again do
  def start(main, count) do
    pid = spawn(fn -> receive do :end -> :ok end end)
    Process.register(pid, :again)
    ref = Process.monitor(pid)
    send(:again, :end)

    receive do
      {:DOWN, ^ref, :process, _, reason} ->
        send(main, {count, reason, Process.whereis(:again) == nil, Process.alive?(pid)})
    end

    if count > 1, do: start(main, count - 1)
  end
end

Again.start(main, 5)
Oracle.show_messages("message", 5)
{:ok, _} = GenServer.start(Worker, %{id: :again, main: main}, name: :again)
Oracle.show_messages("message", 1)
GenServer.stop(:again, :normal)
Oracle.show_result("start again at once", GenServer.start(Worker, %{id: :again, main: main}, name: :again) |> elem(0))
Process.exit(Process.whereis(:again), :kill)
Oracle.settle()
Oracle.show_mailbox("message")
