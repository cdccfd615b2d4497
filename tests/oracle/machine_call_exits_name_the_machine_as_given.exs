Code.require_file("support/oracle.ex", __DIR__)

defmodule Lamp do
  def callback_mode, do: :handle_event_function
  def init(_), do: {:ok, :off, nil}
  def handle_event({:call, _}, :slow, _, _), do: :keep_state_and_data
  def handle_event({:call, _}, {:stop, reason}, _, _), do: {:stop, reason}
  def handle_event({:call, from}, {:bye, reason}, _, _), do: {:stop_and_reply, reason, [{:reply, from, :bye}]}
end

refused = fn label, server, request ->
  Oracle.show(label, Oracle.caught(fn -> :gen_statem.call(server, request, 50) end))
end

refused.("nobody", :nobody, :slow)
refused.("with its node", {:nobody, node()}, :slow)
{:ok, pid} = :gen_statem.start({:local, :lamp}, Lamp, nil, [])
refused.("slow", :lamp, :slow)
refused.("slow", {:lamp, node()}, :slow)
Oracle.show_result("again", :gen_statem.start({:local, :lamp}, Lamp, nil, []))
refused.("stops", :lamp, {:stop, :why})
refused.("dead", pid, :slow)

for reason <- [:normal, :shutdown, {:shutdown, 1}] do
  {:ok, pid} = :gen_statem.start(Lamp, nil, [])
  refused.("stops", pid, {:stop, reason})
  {:ok, pid} = :gen_statem.start(Lamp, nil, [])
  refused.("replies first", pid, {:bye, reason})
end

Process.register(self(), :me)
Oracle.show("myself", Oracle.caught(fn -> :gen_statem.call(:me, :slow) end))
Oracle.show("stop of nobody", Oracle.caught(fn -> :gen_statem.stop(:nobody) end))
Oracle.show_result("cast to nobody", :gen_statem.cast(:nobody, :hello))
Oracle.show_mailbox("mailbox")
