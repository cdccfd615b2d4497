defmodule Oracle do
  @moduledoc "Prints Elixir values in Moonbeam's form, and drives the scenarios."

  def show(label, value), do: IO.puts("#{label}: #{render(value, false)}")

  def show_reason(label, value), do: IO.puts("#{label}: #{render(value, true)}")

  def show_result(label, result) do
    IO.puts("#{label}: #{Enum.map_join(lua(result), ", ", &render(&1, true))}")
  end

  def show_messages(_label, 0), do: :ok

  def show_messages(label, count) do
    receive do
      message -> show_reason(label, message)
    after
      2000 -> IO.puts("#{label}: missing")
    end

    show_messages(label, count - 1)
  end

  def show_mailbox(label) do
    case drain() do
      [] -> IO.puts("#{label}: empty")
      messages -> Enum.each(messages, &show_reason(label, &1))
    end
  end

  @doc "What a library function returns, as the values that Lua gets."
  def lua(:ok), do: [true]
  def lua({:ok, value}), do: [value]
  def lua({:ok, value, info}), do: [value, info]
  def lua(:error), do: [nil, :error]
  def lua(:ignore), do: [nil, :ignore]
  def lua({:error, reason}), do: [nil, reason]
  def lua(value), do: [value]

  def caught(fun) do
    fun.()
  rescue
    exception -> {:error, Exception.message(exception)}
  catch
    :exit, reason -> {:exit, reason}
  end

  def raises(fun), do: match?({:error, _}, caught(fun))

  def down(ref) do
    receive do
      {:DOWN, ^ref, :process, _, reason} -> reason
    end
  end

  @doc "For scenarios of a package: ends with the status that run.py takes for skipped."
  def needs(package) do
    with {:error, _} <- Application.ensure_all_started(package) do
      IO.puts("#{package} is not installed")
      System.halt(77)
    end
  end

  @doc "The compiler's processes are linked to the script's; their ends are no part of a scenario."
  def trap_exit do
    {:links, links} = Process.info(self(), :links)
    Enum.each(links, &Process.unlink/1)
    Process.flag(:trap_exit, true)
  end

  def settle, do: Process.sleep(100)

  def worker(id, overrides \\ %{}, arg \\ %{}) do
    arg = Map.merge(%{id: id, main: self()}, arg)
    Map.merge(%{id: id, start: {Worker, :start_link, [arg]}}, overrides)
  end

  def log_to_stderr do
    Logger.configure_backend(:console, device: :standard_error, colors: [enabled: false])
    Logger.configure(level: :debug)
  end

  @doc "The crash of a plain process is logged by others, some time after its end."
  def flush_log do
    Process.sleep(500)
    Logger.flush()
  end

  @doc "A server logs its crash before it ends."
  def flush_log_of(pid) do
    down(Process.monitor(pid))
    Logger.flush()
  end

  defp drain do
    receive do
      message -> [message | drain()]
    after
      0 -> []
    end
  end

  defp render({error, [_ | _] = stack}, true) when is_exception(error) do
    if Enum.all?(stack, &is_tuple/1), do: failure(error), else: "?"
  end

  defp render({error, []}, true) when is_exception(error), do: failure(error)
  defp render(nil, _), do: "nil"
  defp render(value, _) when is_boolean(value), do: to_string(value)
  defp render(value, _) when is_number(value), do: to_string(value)
  defp render(value, _) when is_binary(value), do: inspect(value)
  defp render(value, _) when is_pid(value), do: numbered("P", value)
  defp render(value, _) when is_reference(value), do: numbered("R", value)
  defp render(value, _) when is_function(value), do: "#Function"

  defp render(value, _) when is_atom(value) do
    value
    |> Atom.to_string()
    |> String.replace_prefix("Elixir.", "")
    |> String.replace(~r/^([a-z]+)_\d+@.*/, "\\1@local")
    |> inspect()
  end

  defp render(value, reasons) when is_tuple(value), do: array(Tuple.to_list(value), reasons)
  defp render(value, reasons) when is_map(value), do: fields(value, reasons)

  defp render(value, reasons) when is_list(value) do
    if value != [] and Keyword.keyword?(value),
      do: fields(value, reasons),
      else: array(value, reasons)
  end

  defp failure(error), do: array([:error, Exception.message(error)], true)

  defp array([], _), do: "{}"
  defp array(values, reasons), do: "{ #{Enum.map_join(values, ", ", &render(&1, reasons))} }"

  defp fields(pairs, reasons) do
    pairs
    |> Enum.map(fn {key, value} -> {to_string(key), value} end)
    |> Enum.sort_by(&elem(&1, 0))
    |> Enum.map_join(", ", fn {key, value} -> "#{key} = #{render(value, reasons)}" end)
    |> case do
      "" -> "{}"
      text -> "{ #{text} }"
    end
  end

  defp numbered(letter, value) do
    seen = Process.get({Oracle, letter}, [])

    case Enum.find_index(seen, &(&1 == value)) do
      nil ->
        Process.put({Oracle, letter}, seen ++ [value])
        "#{letter}#{length(seen) + 1}"

      index ->
        "#{letter}#{index + 1}"
    end
  end
end

defmodule Worker do
  @moduledoc "A server that tells the main process when it starts and ends; registered under its id."
  use GenServer

  def start_link(arg), do: GenServer.start_link(__MODULE__, arg, name: arg.id)

  @impl true
  def init(arg) do
    if arg[:trap], do: Process.flag(:trap_exit, true)
    send(arg.main, {:init, arg.id})
    {:ok, arg}
  end

  @impl true
  def handle_call(:ping, _from, state), do: {:reply, :pong, state}

  @impl true
  def handle_cast({:stop, reason}, state), do: {:stop, reason, state}
  def handle_cast(:crash, _state), do: raise("boom")

  @impl true
  def terminate(reason, state), do: send(state.main, {:terminate, state.id, reason})
end

Logger.configure(level: :none)
