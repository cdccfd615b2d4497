defmodule Machine do
  @moduledoc "A state machine that tells the main process of each event, and follows its script."

  def start(first, script, opts \\ []) do
    arg = Map.merge(%{first: first, script: script, main: self()}, Map.new(opts))
    {:ok, pid} = :gen_statem.start(__MODULE__, arg, [])
    pid
  end

  def casts(pid, events), do: Enum.each(events, &:gen_statem.cast(pid, &1))

  def show(ms \\ 100) do
    Process.sleep(ms)
    Oracle.show_mailbox("event")
  end

  def keep(_, _, _, _), do: :keep_state_and_data

  def caught(fun) do
    case Oracle.caught(fun) do
      {:exit, {reason, {:gen_statem, :call, [_ | rest]}}} -> {:exit, plain(reason), rest}
      {:exit, reason} -> {:exit, plain(reason)}
      value -> value
    end
  end

  def down(pid) do
    ref = Process.monitor(pid)
    fn -> Oracle.show("down", plain(Oracle.down(ref))) end
  end

  defp plain({%{message: text}, [_ | _]}), do: {:raised, text}
  defp plain({reason, [{_, _, _, _} | _]}), do: {:raised, reason}
  defp plain(reason), do: reason

  def callback_mode, do: Process.get(:mode)

  def init(arg) do
    if arg[:trap], do: Process.flag(:trap_exit, true)
    mode = :handle_event_function
    Process.put(:mode, arg[:mode] || if(arg[:enter], do: [mode, :state_enter], else: mode))
    if arg[:actions], do: {:ok, arg.first, arg, arg.actions}, else: {:ok, arg.first, arg}
  end

  def handle_event(type, content, state, arg) do
    kind = if match?({:call, _}, type), do: :call, else: type
    send(arg.main, {:event, state, kind, content})
    arg.script.(type, content, state, arg)
  end

  def terminate(reason, state, arg) do
    reason = if is_exception(reason), do: Exception.message(reason), else: reason
    if arg[:last], do: send(arg.main, {:terminate, reason, state})
  end
end
