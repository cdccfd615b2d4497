Code.require_file("support/oracle.ex", __DIR__)
defmodule Secret do
  use GenServer
  def init(main), do: {:ok, %{main: main, password: "hunter2"}}
  def handle_call(:stop, _from, state), do: {:stop, :bad, state}
  def handle_cast({:exit, reason}, _state), do: exit(reason)
  def handle_cast(:raise, _state), do: raise("boom")
  def handle_info(:stop, state), do: {:stop, {:bad, "hunter2"}, state}

  def format_status(status) do
    reason = case status[:reason] do
      {%{message: text}, [_ | _]} -> {:with_stack, text}
      %{message: text} -> {:without_stack, text}
      reason -> reason
    end
    send(status.state.main, {:keys, Enum.sort(Map.keys(status)), status[:message] || :none, reason || :none})
    status = %{status | state: %{password: "*******"}}
    status = if status[:message] == :stop, do: %{status | message: :hidden_message, reason: :hidden_reason}, else: status
    if match?({_, :fail}, status[:message]), do: raise("no status")
    status
  end
end

Oracle.log_to_stderr()
start = fn -> {:ok, pid} = GenServer.start(Secret, self()); pid end
pid = start.()
{:status, _, _, [_, _, _, _, [header | data]]} = :sys.get_status(pid)
_ = header
Oracle.show_messages("asked", 1)
Oracle.show("shown", List.last(data) |> elem(1) |> hd() |> elem(1))
GenServer.cast(pid, {:exit, :oops})
Oracle.flush_log_of(pid)
Oracle.show_messages("exit", 1)
pid = start.()
GenServer.cast(pid, :raise)
Oracle.flush_log_of(pid)
Oracle.show_messages("raise", 1)
pid = start.()
send(pid, :stop)
Oracle.flush_log_of(pid)
Oracle.show_messages("stop", 1)
