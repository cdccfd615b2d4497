Code.require_file("support/oracle.ex", __DIR__)

defmodule Steps do
  use GenServer

  def init(main) do
    send(self(), :waiting_message)
    {:ok, {main, []}, {:continue, :first}}
  end

  def handle_continue(:first, {main, log}), do: {:noreply, {main, log ++ [:first]}, {:continue, :second}}
  def handle_continue(step, {main, log}), do: {:noreply, {main, log ++ [step]}}
  def handle_info(message, {main, log}), do: {:noreply, {main, log ++ [message]}}
  def handle_cast(:go, {main, log}), do: {:noreply, {main, log ++ [:cast]}, {:continue, :after_cast}}
  def handle_call(:log, _from, {main, log}), do: {:reply, log, {main, []}, {:continue, :after_call}}
end

{:ok, steps} = GenServer.start_link(Steps, self())
Oracle.show("log", GenServer.call(steps, :log))
GenServer.cast(steps, :go)
Oracle.show("log", GenServer.call(steps, :log))
