# driver.exs SCENARIOS: runs each scenario of the file of Erlang terms and prints what happened.

defmodule Shown do
  @moduledoc "Values in Moonbeam's form; pids by what they are: `r.a#2` is the second process of r.a."

  def value({error, stack}, names) when is_exception(error) and is_list(stack),
    do: value({:raised, Exception.message(error)}, names)

  def value(nil, _), do: "nil"
  def value(it, _) when is_boolean(it) or is_number(it), do: to_string(it)
  def value(it, _) when is_binary(it), do: inspect(it)
  def value(it, _) when is_atom(it), do: it |> Atom.to_string() |> String.replace_prefix("Elixir.", "") |> inspect()
  def value(it, names) when is_pid(it), do: Map.get(names, it, "a pid")
  def value(it, _) when is_reference(it), do: "a reference"
  def value(it, names) when is_tuple(it), do: it |> Tuple.to_list() |> list(names)
  def value(it, names) when is_map(it), do: it |> Map.to_list() |> fields(names)

  def value(it, names) when is_list(it) do
    if it != [] and Keyword.keyword?(it), do: fields(it, names), else: list(it, names)
  end

  defp list([], _), do: "{}"
  defp list(values, names), do: "{ " <> Enum.map_join(values, ", ", &value(&1, names)) <> " }"

  defp fields(pairs, names) do
    inner = pairs |> Enum.sort() |> Enum.map_join(", ", fn {k, v} -> "#{k} = #{value(v, names)}" end)
    "{ " <> inner <> " }"
  end
end

defmodule Journal do
  @moduledoc """
  Knows who started, decides which starts fail, and says when those who must end have ended. The
  children of a killed supervisor end all at once: then nothing but the set of events counts.
  """
  use GenServer

  def init(nil),
    do: {:ok, %{names: %{}, counts: %{}, latest: %{}, fails: %{}, events: [], downs: [], alive: %{}, waiting: nil,
    supervisors: MapSet.new(), wild: false}}

  def handle_call({:start, path, kind}, {pid, _}, s) do
    count = Map.get(s.counts, path, 0) + 1
    name = "#{path}##{count}"
    {answer, fails} = next_answer(s.fails, path)

    s = %{s | names: Map.put(s.names, pid, name), counts: Map.put(s.counts, path, count), fails: fails,
      events: ["start #{name}" <> if(answer == :ok, do: "", else: ": #{answer}") | s.events],
      latest: if(answer == :ok, do: Map.put(s.latest, path, {pid, kind}), else: s.latest),
      alive: Map.put(s.alive, Process.monitor(pid), pid),
      supervisors: if(kind == :supervisor, do: MapSet.put(s.supervisors, pid), else: s.supervisors)}

    {:reply, answer, s}
  end

  def handle_call({:terminate, reason}, {pid, _}, s),
    do: {:reply, :ok, %{s | events: ["terminate #{s.names[pid]}: #{Shown.value(reason, s.names)}" | s.events]}}

  def handle_call({:fail, path, answers}, _, s),
    do: {:reply, :ok, %{s | fails: Map.put(s.fails, path, answers)}}

  def handle_call({:pid, path}, _, s), do: {:reply, Map.get(s.latest, path, {nil, nil}), s}
  def handle_call(:names, _, s), do: {:reply, s.names, s}
  def handle_call({:settled, living}, from, s), do: {:noreply, answer(%{s | waiting: {from, living}})}

  def handle_info({:DOWN, ref, _, pid, reason}, s) do
    down = "down #{s.names[pid]}: #{Shown.value(reason, s.names)}"
    wild = s.wild or (reason == :killed and pid in s.supervisors)
    {:noreply, answer(%{s | alive: Map.delete(s.alive, ref), downs: [down | s.downs], wild: wild})}
  end

  defp next_answer(fails, path) do
    case fails do
      %{^path => [answer | rest]} -> {answer, Map.put(fails, path, rest)}
      _ -> {:ok, fails}
    end
  end

  defp answer(%{waiting: nil} = s), do: s

  defp answer(%{waiting: {from, living}} = s) do
    if s.alive |> Map.values() |> Enum.all?(&(&1 in living)) do
      events = if s.wild, do: Enum.sort(s.events), else: Enum.reverse(s.events)
      GenServer.reply(from, events ++ Enum.sort(s.downs))
      %{s | waiting: nil, events: [], downs: [], wild: false}
    else
      s
    end
  end
end

defmodule Worker do
  use GenServer

  def start_link(arg), do: GenServer.start_link(__MODULE__, arg)

  def init(%{journal: journal, path: path, spec: spec} = arg) do
    Process.flag(:trap_exit, spec.trap)

    case GenServer.call(journal, {:start, path, :worker}, :infinity) do
      :ok -> {:ok, arg}
      :stop -> {:stop, :refused}
      :ignore -> :ignore
      :raise -> raise "bad start"
      :exit -> exit(:left)
      :normal -> {:stop, :normal}
      :nonsense -> :nonsense
    end
  end

  def handle_call(:ping, _, arg), do: {:reply, :pong, arg}
  def handle_cast({:end, reason}, arg), do: {:stop, reason, arg}
  def handle_cast(:crash, _), do: raise("boom")
  def handle_info(_, arg), do: {:noreply, arg}

  def terminate(reason, %{journal: journal, spec: spec}) do
    GenServer.call(journal, {:terminate, reason}, :infinity)
    if spec.stubborn, do: Process.sleep(200)
  end
end

defmodule Sup do
  def start_link(arg), do: Supervisor.start_link(__MODULE__, arg)

  def init(%{journal: journal, path: path, spec: spec}) do
    case GenServer.call(journal, {:start, path, :supervisor}, :infinity) do
      :ok -> {:ok, {flags(spec), Enum.map(spec.children, &child(journal, path, &1))}}
      :stop -> exit(:refused)
      :ignore -> :ignore
      :raise -> raise "bad start"
      :exit -> exit(:left)
      :normal -> exit(:normal)
      :nonsense -> :nonsense
    end
  end

  defp flags(spec),
    do: %{strategy: spec.strategy, intensity: spec.intensity, period: 3600, auto_shutdown: spec.auto_shutdown}

  def child(journal, path, spec) do
    module = if spec.kind == :worker, do: Worker, else: Sup
    arg = %{journal: journal, path: "#{path}.#{spec.id}", spec: spec}

    %{id: spec.id, start: {module, :start_link, [arg]}, restart: spec.restart, shutdown: spec.shutdown,
      type: spec.kind, significant: spec.significant}
  end
end

defmodule Driver do
  def run(scenario) do
    IO.puts("seed #{scenario.seed}")
    {:ok, journal} = GenServer.start(Journal, nil)
    Enum.each(scenario.fails, &GenServer.call(journal, {:fail, &1.path, &1.answers}))
    started = caught(fn -> Sup.start_link(%{journal: journal, path: "r", spec: scenario.root}) end)
    root = with {:ok, pid} <- started, do: pid
    step(journal, root, "start", started)
    Enum.each(scenario.operations, &operation(journal, root, &1))
    if is_pid(root), do: finish(journal, root, scenario.end)
    flush()
    GenServer.stop(journal)
  end

  defp flush, do: receive(do: (_ -> flush()), after: (0 -> :ok))

  defp finish(journal, root, how) do
    result = if Process.alive?(root), do: finish(root, how), else: :ended_before
    step(journal, root, "finally #{how}", result)
    receive(do: ({:EXIT, ^root, reason} -> IO.puts("  root: " <> Shown.value(reason, GenServer.call(journal, :names)))))
  end

  defp finish(root, :stop), do: caught(fn -> Supervisor.stop(root) end)

  defp finish(root, reason), do: ended(root, fn -> Process.exit(root, reason) end)

  # ---- operations

  defp operation(journal, root, %{op: op, path: path} = operation) do
    if is_pid(root) and Process.alive?(root) do
      result = perform(op, journal, GenServer.call(journal, {:pid, path}), operation)
      step(journal, root, "#{op} #{path}", result)
    end
  end

  defp perform(:fail, journal, _, %{path: path, answers: answers}) do
    GenServer.call(journal, {:fail, path, answers})
  end

  defp perform(op, journal, {pid, kind}, operation) do
    cond do
      pid == nil or not Process.alive?(pid) -> :not_alive
      op == :signal -> signal(pid, kind, operation.reason)
      kind == if(op in [:end, :crash], do: :worker, else: :supervisor) -> act(op, journal, pid, operation)
      true -> kind
    end
  end

  defp signal(pid, kind, reason) do
    {:trap_exit, trap} = Process.info(pid, :trap_exit)

    if reason == :kill or (reason != :normal and not trap) do
      ended(pid, fn -> Process.exit(pid, reason) end)
    else
      stranger = spawn(fn -> receive(do: (:go -> Process.exit(pid, reason))) end)
      ended(stranger, fn -> send(stranger, :go) end)
      if kind == :supervisor, do: Supervisor.count_children(pid), else: GenServer.call(pid, :ping)
      :lives_on
    end
  end

  defp act(:end, _, pid, %{reason: reason}), do: ended(pid, fn -> GenServer.cast(pid, {:end, reason}) end)
  defp act(:crash, _, pid, _), do: ended(pid, fn -> GenServer.cast(pid, :crash) end)

  defp act(:batch, journal, pid, %{victim: victim, failing: failing, requests: requests}) do
    GenServer.call(journal, {:fail, failing.path, failing.answers})
    :sys.suspend(pid)
    {victim, _} = GenServer.call(journal, {:pid, victim})
    if victim && Process.alive?(victim), do: end_of_child(pid, victim)
    refs = Enum.map(requests, &:gen_server.send_request(pid, request(journal, &1)))
    :sys.resume(pid)

    results =
      for {request, ref} <- Enum.zip(requests, refs) do
        case :gen_server.receive_response(ref, 5000) do
          {:reply, answer} -> shortened(request.op, answer)
          {:error, {reason, _}} -> {:exit, reason}
          :timeout -> :timeout
        end
      end

    List.to_tuple(results)
  end

  defp act(op, journal, pid, operation) do
    result = caught(fn -> GenServer.call(pid, request(journal, %{operation | op: op}), :infinity) end)
    shortened(op, result)
  end

  defp end_of_child(supervisor, victim) do
    ended(victim, fn -> Process.exit(victim, :kill) end)
    await_exit(supervisor, victim)
  end

  defp await_exit(supervisor, victim) do
    {:messages, messages} = Process.info(supervisor, :messages)
    {:links, links} = Process.info(supervisor, :links)

    if victim in links and not Enum.any?(messages, &match?({:EXIT, ^victim, _}, &1)) do
      :erlang.yield()
      await_exit(supervisor, victim)
    end
  end

  defp request(journal, %{op: :start_child, path: path, child: child}),
    do: {:start_child, Sup.child(journal, path, child)}

  defp request(_, %{op: op, id: id}), do: {op, id}
  defp request(_, %{op: op}), do: op

  # The specification beside the reason has another form here.
  defp shortened(:start_child, {:error, {reason, child}}) when is_tuple(child), do: {:error, {reason}}
  defp shortened(_, result), do: result

  defp ended(pid, fun) do
    ref = Process.monitor(pid)
    fun.()
    receive(do: ({:DOWN, ^ref, _, _, reason} -> reason))
  end

  defp caught(fun) do
    fun.()
  catch
    :exit, {reason, _} -> {:exit, reason}
  end

  # ---- what has become of the tree

  defp step(journal, root, what, result) do
    tree = if is_pid(root), do: settled_tree(root), else: []
    events = GenServer.call(journal, {:settled, pids(tree)}, :infinity)
    names = GenServer.call(journal, :names)
    IO.puts("  #{what} -> #{Shown.value(result, names)}")
    for line <- events, do: IO.puts("    #{line}")
    show(tree, names, "    ")
  end

  defp show(tree, names, indent) do
    for {{id, pid, _, _}, below} <- tree do
      IO.puts("#{indent}#{id} #{Shown.value(pid, names)}")
      show(below, names, indent <> "  ")
    end
  end

  defp pids(tree), do: Enum.flat_map(tree, fn {{_, pid, _, _}, below} -> [pid | pids(below)] end)

  # Looks until all who are listed live, and nobody is about to be restarted.
  defp settled_tree(root, tries \\ 0) do
    if tries > 50, do: Process.sleep(1), else: :erlang.yield()

    if Process.alive?(root) do
      try do
        [{{:r, root, :supervisor, []}, below(root)}]
      catch
        :unsettled -> settled_tree(root, tries + 1)
        :exit, _ -> settled_tree(root, tries + 1)
      end
    else
      []
    end
  end

  defp below(supervisor) do
    for {_, pid, type, _} = child <- Supervisor.which_children(supervisor) do
      if pid == :restarting or (is_pid(pid) and not Process.alive?(pid)), do: throw(:unsettled)
      {child, if(type == :supervisor and is_pid(pid), do: below(pid), else: [])}
    end
  end
end

Logger.configure(level: :none)
{:links, links} = Process.info(self(), :links)
Enum.each(links, &Process.unlink/1)
Process.flag(:trap_exit, true)
{:ok, scenarios} = :file.consult(hd(System.argv()))
Enum.each(scenarios, &Driver.run/1)
