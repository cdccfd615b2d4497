Code.require_file("support/oracle.ex", __DIR__)

defmodule Mortal do
  use GenServer
  def init(_), do: {:ok, 0}
  def handle_call({:stop, reason}, _from, n), do: {:stop, reason, n}
  def handle_call({:exit, reason}, _from, _), do: exit(reason)
  def handle_call(:raise, _from, _), do: raise("boom")
  def handle_call(:kill, _from, _), do: Process.exit(self(), :kill)
end

for request <- [{:stop, :normal}, {:stop, :shutdown}, {:stop, :boom}, {:exit, :normal}, {:exit, :left}, :raise, :kill] do
  {:ok, pid} = GenServer.start(Mortal, nil)
  Oracle.show_reason("caught", Oracle.caught(fn -> GenServer.call(pid, request) end))
end

Oracle.show_mailbox("mailbox")
