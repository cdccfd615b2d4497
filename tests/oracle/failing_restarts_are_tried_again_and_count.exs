Code.require_file("support/oracle.ex", __DIR__)

defmodule OnlyOnce do
  use GenServer
  def start_link(main), do: GenServer.start_link(__MODULE__, main, name: __MODULE__)

  def init(main) do
    send(main, {:init, self()})

    receive do
      {:answer, answer} -> answer
    end
  end
end

Oracle.trap_exit()
main = self()

answer = fn answer ->
  receive do
    {:init, pid} -> send(pid, {:answer, answer})
  after
    500 -> :none
  end
end

spawn_link(fn ->
  Process.flag(:trap_exit, true)
  {:ok, sup} = Supervisor.start_link([{OnlyOnce, main}], strategy: :one_for_one, max_restarts: 3)
  send(main, :started)
  receive(do: ({:EXIT, ^sup, reason} -> send(main, {:ended, reason})))
end)

answer.({:ok, 0})
Oracle.show_messages("message", 1)
Process.exit(Process.whereis(OnlyOnce), :kill)
attempts = Enum.take_while(1..10, fn _ -> answer.({:stop, :no}) != :none end)
Oracle.show("failed restarts", length(attempts))
Oracle.show_messages("message", 1)
