Code.require_file("support/oracle.ex", __DIR__)
defmodule Mute do
  use GenServer
  def init(:ok), do: {:ok, nil}
  def handle_call(:mute, _from, state), do: {:noreply, state}
end

{:ok, pid} = GenServer.start(Mute, :ok)
Oracle.show("timeout", Oracle.caught(fn -> GenServer.call(pid, :mute, 1) end))
Oracle.show("timeout of zero", Oracle.caught(fn -> GenServer.call(pid, :mute, 0) end))
Oracle.show("unknown name", Oracle.caught(fn -> GenServer.call(:nobody, :x, :infinity) end))
Process.register(self(), :main)
Oracle.show("oneself by name", Oracle.caught(fn -> GenServer.call(:main, :x) end))
Oracle.show("oneself by name and node", Oracle.caught(fn -> GenServer.call({:main, node()}, :x) end))
{:ok, _} = Registry.start_link(keys: :unique, name: R)
Oracle.show("nobody in a registry", Oracle.caught(fn -> GenServer.call({:via, Registry, {R, "a"}}, :x) end))
Registry.register(R, "me", nil)
Oracle.show("oneself in a registry", Oracle.caught(fn -> GenServer.call({:via, Registry, {R, "me"}}, :x, 10) end))
Oracle.show("stop of oneself", Oracle.caught(fn -> GenServer.stop(self()) end))
Oracle.show_mailbox("rest")
