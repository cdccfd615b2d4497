Code.require_file("support/oracle.ex", __DIR__)

defmodule Add do
  def add(a, b, c), do: a * 100 + b * 10 + c
end

Oracle.show("results", Enum.map(Task.async_stream([1, 2], Add, :add, [3, 4]), &Tuple.to_list/1))
Oracle.show("wrong", Oracle.caught(fn -> Enum.to_list(Task.async_stream([1], fn n -> n end, max_concurrency: 0)) end) |> elem(0))
