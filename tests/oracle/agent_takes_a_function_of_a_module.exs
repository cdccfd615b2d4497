Code.require_file("support/oracle.ex", __DIR__)

defmodule Sums do
  def new(n), do: n
  def add(n, k), do: n + k
  def take(n, k), do: {n, n - k}
end
{:ok, pid} = Agent.start_link(Sums, :new, [5])
Oracle.show("get", Agent.get(pid, Sums, :add, [1]))
Oracle.show_result("update", Agent.update(pid, Sums, :add, [10]))
Oracle.show("get_and_update", Agent.get_and_update(pid, Sums, :take, [4]))
Oracle.show_result("cast", Agent.cast(pid, Sums, :add, [100]))
Oracle.show("get", Agent.get(pid, Sums, :add, [0], 1000))
