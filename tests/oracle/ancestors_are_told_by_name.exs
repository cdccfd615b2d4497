Code.require_file("support/oracle.ex", __DIR__)

main = self()

defmodule Kin do
  use GenServer
  def start_link(name, next, main), do: GenServer.start_link(__MODULE__, {next, main}, name: name)

  def init({next, main}) do
    send(main, {:ancestors, Enum.map(Process.get(:"$ancestors"), &(if is_pid(&1), do: :pid, else: &1))})
    if next, do: start_link(next, nil, main)
    spawn_link(fn -> send(main, {:plain, Process.get(:"$ancestors")}) end)
    {:ok, nil}
  end
end

{:ok, sup} = Supervisor.start_link([%{id: 1, start: {Kin, :start_link, [:elder, :younger, main]}}], strategy: :one_for_one, name: :sup)
Oracle.settle()
messages = for _ <- 1..4, do: (receive do message -> message end)
for {:ancestors, _} = message <- messages, do: Oracle.show("kin", message)
for {:plain, _} = message <- messages, do: Oracle.show("plain", elem(message, 1) == nil)
Oracle.show("alive", Process.alive?(sup))
