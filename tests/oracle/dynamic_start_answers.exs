Code.require_file("support/oracle.ex", __DIR__)

defmodule Odd do
  def start(answer), do: answer
  def raises, do: raise("boom")
  def exits, do: exit(:oops)
end

{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one)
start = fn function, args ->
  DynamicSupervisor.start_child(sup, %{id: 1, start: {Odd, function, args}})
end

Oracle.show_result("ignore", start.(:start, [:ignore]))
Oracle.show_result("error", start.(:start, [{:error, :found}]))
Oracle.show_result("already", start.(:start, [{:error, {:already_started, self()}}]))
Oracle.show_result("raises", start.(:raises, []))
Oracle.show_result("exits", start.(:exits, []))
Oracle.show_result("garbage", start.(:start, [5]))
Oracle.show_result("info", start.(:start, [{:ok, spawn_link(fn -> Process.sleep(:infinity) end), :info}]))
Oracle.show("count", DynamicSupervisor.count_children(sup))
