Code.require_file("support/oracle.ex", __DIR__)

defmodule Held do
  use GenServer
  def start_link(main), do: GenServer.start_link(__MODULE__, main, name: :held)

  def init(main) do
    send(main, {:init, self()})
    receive(do: ({:answer, answer} -> answer))
  end
end

Oracle.trap_exit()
main = self()
answer = fn answer -> receive(do: ({:init, pid} -> send(pid, {:answer, answer}))) end

spawn_link(fn ->
  child = %{id: :held, start: {Held, :start_link, [main]}}
  {:ok, sup} = Supervisor.start_link([child], strategy: :one_for_one, max_restarts: 3)
  send(main, {:sup, sup})
  Process.sleep(:infinity)
end)

answer.({:ok, 0})
sup = receive(do: ({:sup, sup} -> sup))
Process.exit(Process.whereis(:held), :kill)
first = receive(do: ({:init, pid} -> pid))
ask = fn request -> spawn(fn -> send(main, {:result, GenServer.call(sup, request)}) end) end
result = fn label -> receive(do: ({:result, result} -> Oracle.show_result(label, result))) end

ask.({:start_child, %{id: :held, start: {Held, :start_link, [main]}}})
Process.sleep(20)
send(first, {:answer, {:stop, :no}})
result.("start_child")
answer.({:ok, 0})
