# driver.exs SCENARIOS: does to tables what the Erlang terms in the file say, and tells what comes of it.

defmodule Driver do
  @sorted [:match, :match_object, :select, :select_reverse, :tab2list]

  def run([seed, type, keypos, operations]) do
    IO.puts("seed #{seed}")
    table = :ets.new(:table, [type, :public, keypos: keypos])
    for {name, arguments} <- operations, do: step(table, type, name, arguments)
    :ets.delete(table)
  end

  defp step(table, type, name, arguments) do
    IO.puts("  #{name} #{show(arguments)} -> #{caught(fn -> result(table, type, name, arguments) end)}")
    IO.puts("    #{show(settled(:ets.tab2list(table), type))}")
  end

  defp caught(fun) do
    fun.()
  rescue
    error in ArgumentError ->
      message = Exception.message(error)
      Enum.join(["error" | Regex.scan(~r/^  \* (.*)$/m, message, capture: :all_but_first)], " ")
  end

  defp result(table, _type, :size, []), do: show(:ets.info(table, :size))
  defp result(table, _type, :count, []), do: show(:ets.select_count(table, [{:_, [], [true]}]))
  defp result(table, type, :walk, []), do: show(in_order(walk(table, :ets.first(table)), type))

  defp result(table, type, :fixed_walk, []) do
    :ets.safe_fixtable(table, true)
    keys = fixed_walk(table, :ets.first(table), 0)
    :ets.safe_fixtable(table, false)
    {_, later} = Enum.split_with(keys, fn key -> :ets.member(table, key) end)
    "#{length(keys)} #{length(later)} #{show(if type == :ordered_set, do: keys, else: [])}"
  after
    if type != :ordered_set, do: :ets.delete_all_objects(table)
  end

  defp result(table, type, :fold, []) do
    show(settled(:ets.foldl(&[&1 | &2], [], table), type)) <> " " <> show(settled(:ets.foldr(&[&1 | &2], [], table), type))
  end

  defp result(table, type, :steps, [name, what, limit, between]) do
    chunks = chunks(table, name, apply(:ets, name, [table, what, limit]), between)
    lengths = for chunk <- chunks, do: length(chunk)
    show(lengths) <> " " <> show(settled(Enum.concat(chunks), type))
  end

  defp result(table, type, name, arguments) when name in @sorted do
    show(settled(apply(:ets, name, [table | arguments]), type))
  end

  defp result(table, _type, name, arguments), do: show(apply(:ets, name, [table | arguments]))

  defp chunks(_table, _name, :"$end_of_table", _between), do: []

  defp chunks(table, name, {chunk, continuation}, between) do
    for {operation, arguments} <- Enum.take(between, 1), do: apply(:ets, operation, [table | arguments])
    [chunk | chunks(table, name, apply(:ets, name, [continuation]), Enum.drop(between, 1))]
  end

  defp walk(_table, :"$end_of_table"), do: []
  defp walk(table, key), do: [key | walk(table, :ets.next(table, key))]

  # Every second key is deleted before the next one is asked for.
  defp fixed_walk(_table, :"$end_of_table", _), do: []

  defp fixed_walk(table, key, number) do
    if rem(number, 2) == 0, do: :ets.delete(table, key)
    [key | fixed_walk(table, :ets.next(table, key), number + 1)]
  end

  defp in_order(keys, :ordered_set), do: keys
  defp in_order(keys, _), do: Enum.sort_by(keys, &show/1)
  defp settled(list, type), do: in_order(list, type)

  defp show(value) when is_boolean(value) or is_number(value), do: to_string(value)
  defp show(value) when is_atom(value), do: inspect(to_string(value))
  defp show(value) when is_tuple(value), do: show(Tuple.to_list(value))
  defp show([]), do: "{}"
  defp show(value) when is_list(value), do: "{ #{Enum.map_join(value, ", ", &show/1)} }"
end

{:ok, scenarios} = :file.consult(hd(System.argv()))
Enum.each(scenarios, &Driver.run/1)
