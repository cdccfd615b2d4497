Code.require_file("support/oracle.ex", __DIR__)

defmodule Owner do
  use GenServer

  def init({main, trap}) do
    Process.flag(:trap_exit, trap)
    worker = spawn_link(fn -> receive do reason -> exit(reason) end end)
    send(main, {:worker, worker})
    {:ok, main}
  end

  def handle_cast({:stop, reason}, main), do: {:stop, reason, main}
  def handle_info({:EXIT, _from, reason}, main), do: {:noreply, (send(main, {:seen, reason}); main)}
  def terminate(reason, main), do: send(main, {:terminate, reason})
end

for trap <- [true, false], {who, reason} <- [worker: :normal, worker: :crash, owner: :normal, owner: :shutdown, owner: :crash] do
  {:ok, owner} = GenServer.start(Owner, {self(), trap})
  worker = receive do {:worker, worker} -> worker end
  if who == :worker, do: send(worker, reason), else: GenServer.cast(owner, {:stop, reason})
  Oracle.settle()
  Oracle.show("#{who} #{reason}", [Process.alive?(owner), Process.alive?(worker)])
  Oracle.show_mailbox("message")
  Process.exit(owner, :kill)
  Process.exit(worker, :kill)
end
