Code.require_file("support/oracle.ex", __DIR__)

defmodule Bad do
  use GenServer
  def start_link(id, how, main), do: GenServer.start_link(__MODULE__, {id, how, main}, name: id)

  def init({id, how, main}) do
    Process.flag(:trap_exit, true)
    {:ok, {id, how, main}}
  end

  def terminate(reason, {id, how, main}) do
    send(main, {:terminate, id, reason})
    if how == :raise, do: raise("in terminate")
    if how == :exit, do: exit(:other)
    if how == :slow, do: Process.sleep(1000)
  end
end

Oracle.trap_exit()
child = fn id -> %{id: id, start: {Bad, :start_link, [id, id, self()]}, shutdown: 50} end
{:ok, sup} = Supervisor.start_link(Enum.map([:fine, :raise, :exit, :slow], child), strategy: :one_for_one)
refs = for id <- [:fine, :raise, :exit, :slow], do: Process.monitor(Process.whereis(id))
Oracle.show_result("terminate", Supervisor.terminate_child(sup, :raise))
Oracle.show_result("again", Supervisor.terminate_child(sup, :raise))
Oracle.show_result("restart", Supervisor.restart_child(sup, :raise) |> elem(0))
Oracle.show_result("stop", Supervisor.stop(sup))
for {:terminate, id, reason} <- Enum.map(1..5, fn _ -> receive do {:terminate, _, _} = message -> message end end), do: Oracle.show("terminate", {id, reason})
for ref <- refs, do: Oracle.show_reason("down", Oracle.down(ref))
Oracle.show_mailbox("message")
