Code.require_file("support/oracle.ex", __DIR__)

defmodule Trapping do
  use GenServer

  def init(main) do
    Process.flag(:trap_exit, true)
    {:ok, main}
  end

  def handle_info(message, main) do
    send(main, {:info, message})
    {:noreply, main}
  end
end

{:ok, pid} = GenServer.start_link(Trapping, self())

for reason <- [:normal, :boom] do
  spawn(fn ->
    Process.link(pid)
    exit(reason)
  end)

  Oracle.show_messages("message", 1)
end

Oracle.show("alive", Process.alive?(pid))
