Code.require_file("support/oracle.ex", __DIR__)

defmodule Mortal do
  use GenServer
  def init(_), do: {:ok, nil}
  def handle_call({:exit, reason}, _, _), do: exit(reason)
  def handle_call({:stop, reason}, _, state), do: {:stop, reason, state}
  def handle_call(:kill, _, _), do: Process.exit(self(), :kill)
  def handle_call(:shot, _, _), do: Process.exit(self(), :shot)
  def handle_call(:nonsense, _, _), do: :nonsense

  def handle_call(:linked, _, _) do
    spawn_link(fn -> exit(:of_another) end)
    Process.sleep(:infinity)
  end
end

requests = [{:exit, :normal}, {:exit, :shutdown}, {:exit, {:shutdown, 1}}, {:exit, :bad}] ++
  [{:stop, :normal}, {:stop, :shutdown}, {:stop, :bad}, :kill, :shot, :nonsense, :linked]

for request <- requests do
  {:ok, pid} = GenServer.start(Mortal, nil)
  {:exit, {reason, {module, function, [_, asked, _]}}} = Oracle.caught(fn -> GenServer.call(pid, request) end)
  Oracle.show("exit", {reason, module, function, asked == request})
end

Oracle.show_mailbox("mailbox")
