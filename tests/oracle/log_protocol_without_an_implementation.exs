Code.require_file("support/oracle.ex", __DIR__)

defprotocol Size do
  def size(value)
end

defmodule Server do
  use GenServer
  def init(state), do: {:ok, state}
  def handle_cast(:size, state), do: {:noreply, Size.size(state)}
end

Oracle.log_to_stderr()
{:ok, pid} = GenServer.start(Server, 12)
GenServer.cast(pid, :size)
Oracle.flush_log_of(pid)
{_, ref} = spawn_monitor(fn -> Size.size(1.5) end)
{error, [_ | _]} = receive do {:DOWN, ^ref, _, _, reason} -> reason end
Oracle.show("fields", [error.protocol, error.value, error.description])
Oracle.show("words", Exception.message(error))
Oracle.flush_log()
