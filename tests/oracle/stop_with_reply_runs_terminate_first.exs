Code.require_file("support/oracle.ex", __DIR__)

defmodule Leaving do
  use GenServer
  def init(main), do: {:ok, main}
  def handle_call(:leave, _from, main), do: {:stop, :normal, :bye, main}

  def terminate(reason, main) do
    Process.sleep(30)
    send(main, {:terminated, reason})
  end
end

{:ok, pid} = GenServer.start_link(Leaving, self())
ref = Process.monitor(pid)
Oracle.show("reply", GenServer.call(pid, :leave))
Oracle.show_messages("message", 1)
Oracle.show_reason("ended", Oracle.down(ref))
