defmodule Show do
  @moduledoc "Values as driver.lua prints them; times, all of 100 ms and more, are here @scale times as long."
  @scale 10
  def scale, do: @scale

  def value(n) when is_integer(n) and n >= 100, do: to_string(div(n, @scale))
  def value({reason, [{_, _, _, _} | _]}), do: "crash " <> value(reason)
  def value(e) when is_exception(e), do: "raised"
  def value(pid) when is_pid(pid), do: "pid"
  def value(ref) when is_reference(ref), do: "ref"
  def value({:alias, _}), do: "ref"
  def value([:alias | _]), do: "ref"
  def value(tuple) when is_tuple(tuple), do: value(Tuple.to_list(tuple))
  def value(list) when is_list(list), do: "{" <> Enum.map_join(list, ", ", &value/1) <> "}"
  def value(atom) when is_atom(atom), do: atom |> to_string() |> String.replace_prefix("Elixir.", "")
  def value(other), do: to_string(other)
end

defmodule Machine do
  @moduledoc "What the four modules have in common: answers by the scenario's rules."

  def init({scenario, main}) do
    Process.put(:scenario, scenario)
    Process.put(:main, main)
    Process.put(:fuel, 60)
    Process.flag(:trap_exit, true)
    {:ok, :a, 0, prepare(scenario.actions, nil)}
  end

  def tell(line), do: send(Process.get(:main), {:told, line})

  def event(module, type, content, state, data) do
    from = if match?({:call, _}, type), do: elem(type, 1)
    kind = if from, do: :call, else: type
    content = if match?({:timeout, ref, _} when is_reference(ref), content), do: :stale, else: content
    tell("#{module} #{state}: #{Show.value(kind)} #{Show.value(content)} #{data}")
    Process.put(:fuel, Process.get(:fuel) - 1)
    scenario = Process.get(:scenario)

    rule =
      if kind == :enter,
        do: scenario.enters[state],
        else: if(is_atom(content), do: scenario.rules[state][content])

    cond do
      Process.get(:fuel) < 0 -> :keep_state_and_data
      rule -> answer(rule, rule.form, from)
      from -> {:keep_state_and_data, {:reply, from, state}}
      true -> :keep_state_and_data
    end
  end

  defp answer(r, :stop, _), do: {:stop, r.reason, r.data}
  defp answer(_, :bare_stop, _), do: :stop
  defp answer(r, :stop_keeping, _), do: {:stop, r.reason}

  defp answer(r, :stop_and_reply, from),
    do: {:stop_and_reply, r.reason, prepare(r.replies, from), r.data}

  defp answer(_, :raise, _), do: raise("boom")
  defp answer(_, :exit, _), do: exit(:left)
  defp answer(_, :nonsense, _), do: :nonsense
  defp answer(r, :next_state, from), do: {:next_state, r.state, r.data, prepare(r.actions, from)}

  defp answer(r, form, from) when form in [:keep_state, :repeat_state],
    do: {form, r.data, prepare(r.actions, from)}

  defp answer(r, form, from), do: {form, prepare(r.actions, from)}

  defp prepare(actions, from) when is_list(actions) do
    actions |> Enum.filter(&possible?(&1, from)) |> Enum.map(&action(&1, from))
  end

  defp prepare(one, from), do: if(possible?(one, from), do: action(one, from), else: [])

  defp possible?({:reply, :from, _}, from), do: from != nil
  defp possible?({:next_event, {:call, :from}, _}, from), do: from != nil
  defp possible?(_, _), do: true

  defp action({:reply, :from, value}, from), do: {:reply, from, value}
  defp action({:next_event, {:call, :from}, c}, from), do: {:next_event, {:call, from}, c}
  defp action({tag, name}, _) when tag in [:push_callback_module, :change_callback_module],
    do: {tag, Module.concat([name])}

  defp action(ms, _) when is_integer(ms), do: ms * Show.scale()
  defp action({t, ms, c}, _) when is_integer(ms) and ms > 0, do: {t, ms * Show.scale(), c}
  defp action({t, ms, c, o}, _) when is_integer(ms) and ms > 0, do: {t, ms * Show.scale(), c, o}
  defp action(other, _), do: other

  def ended(module, reason, state, data),
    do: tell("#{module} ends: #{Show.value(reason)} #{Show.value(state)} #{data}")
end

defmodule Modules do
  def define(name, mode) do
    Module.create(
      Module.concat([name]),
      quote do
        def init(arg), do: Machine.init(arg)
        def callback_mode, do: unquote(mode)
        def handle_event(t, c, s, d), do: Machine.event(unquote(name), t, c, s, d)
        def a(t, c, d), do: Machine.event(unquote(name), t, c, :a, d)
        def b(t, c, d), do: Machine.event(unquote(name), t, c, :b, d)
        def c(t, c, d), do: Machine.event(unquote(name), t, c, :c, d)
        def terminate(r, s, d), do: Machine.ended(unquote(name), r, s, d)
      end,
      Macro.Env.location(__ENV__)
    )
  end
end

Modules.define("A", :handle_event_function)
Modules.define("B", [:handle_event_function, :state_enter])
Modules.define("C", :state_functions)
Modules.define("D", [:state_functions, :state_enter])

defmodule Driver do
  def run(scenario) do
    module = Module.concat([scenario.module])
    opts = if scenario.log, do: [debug: [:log]], else: []
    Process.flag(:trap_exit, true)
    {:ok, pid} = :gen_statem.start_link(module, {scenario, self()}, opts)
    lines = settle(pid, "start", scenario.log)
    steps = Enum.map(scenario.operations, &step(&1, pid, scenario.log))
    ["seed #{scenario.seed}", lines, steps, finish(scenario.finish, pid)]
  end

  defp step({op, contents}, pid, log) do
    if Process.alive?(pid) do
      perform(op, contents, pid)
      settle(pid, "#{op} #{Enum.join(contents, " ")}", log)
    else
      []
    end
  end

  defp perform(:cast, contents, pid), do: Enum.each(contents, &:gen_statem.cast(pid, &1))
  defp perform(:info, [content], pid), do: send(pid, content)
  defp perform(:wait, [], _), do: :ok

  defp perform(:replace, [state], pid),
    do: :sys.replace_state(pid, fn {_, data} -> {state, data} end)

  defp perform(:suspended, contents, pid) do
    :sys.suspend(pid)
    Enum.each(contents, &:gen_statem.cast(pid, &1))
    Process.sleep(500 * Show.scale())
    :sys.resume(pid)
  end

  defp perform(:call, [content], pid) do
    main = self()

    spawn(fn ->
      answer =
        try do
          :gen_statem.call(pid, content)
        catch
          :exit, {reason, _} -> {:exit, reason}
        end

      send(main, {:answer, "answer to #{content}: #{Show.value(answer)}"})
    end)
  end

  defp settle(pid, what, log) do
    Process.sleep(500 * Show.scale())

    down =
      receive do
        {:EXIT, ^pid, reason} -> ["down: #{Show.value(reason)}"]
      after
        0 -> []
      end

    lines = told() ++ answers() ++ down ++ if(down == [], do: status(pid, log), else: [])
    ["  #{what}" | Enum.map(lines, &"    #{&1}")]
  end

  defp told do
    receive do
      {:told, line} -> [line | told()]
    after
      0 -> []
    end
  end

  defp answers, do: Enum.sort(gather())

  defp gather do
    receive do
      {:answer, line} -> [line | gather()]
    after
      0 -> []
    end
  end

  defp status(pid, log) do
    {:status, _, _, [_, _, _, _, [_, {:data, pairs}, {:data, [{'State', state}]}]]} = :sys.get_status(pid)
    [_, _, {_, modules}, {_, timeouts}, {_, logged}, {_, postponed}] = pairs
    postponed = for {type, content} <- postponed, do: {plain(type), content}

    ["state #{Show.value(state)} modules #{Show.value(modules)}",
     "timeouts #{Show.value(timeouts)} postponed #{Show.value(postponed)}"] ++
      if(log, do: ["logged #{Show.value(Enum.map(logged, &event/1))}"], else: [])
  end

  defp plain({:call, _}), do: :call
  defp plain(type), do: type

  defp event({tag, {type, content}, state}) when tag != :start_timer and is_atom(content), do: {tag, {plain(type), content}, state}
  defp event({tag, {type, content}, a, b}), do: {tag, {plain(type), if(is_tuple(content), do: :stale, else: content)}, a, b}
  defp event({:in, {type, content}, state}), do: {:in, {plain(type), if(is_tuple(content), do: :stale, else: content)}, state}
  defp event(other), do: other

  defp finish(reason, pid) do
    if Process.alive?(pid) do
      result =
        try do
          :gen_statem.stop(pid, reason, :infinity)
        catch
          :exit, reason -> {:exit, reason}
        end

      down =
        receive do
          {:EXIT, ^pid, reason} -> reason
        end

      Process.sleep(500)
      lines = ["stop #{Show.value(result)} down #{Show.value(down)}" | told() ++ answers()]
      ["  finish" | Enum.map(lines, &"    #{&1}")]
    else
      []
    end
  end
end

Logger.configure(level: :none)
{:ok, scenarios} = :file.consult(hd(System.argv()))

scenarios
|> Enum.map(&Task.async(fn -> Driver.run(&1) end))
|> Task.await_many(:infinity)
|> Enum.each(&IO.puts(&1 |> List.flatten() |> Enum.join("\n")))
