Code.require_file("support/oracle.ex", __DIR__)

defmodule Failing do
  use GenServer
  def init(:raise), do: raise("boom")
  def init(:exit), do: exit(:left)
  def init(:normal), do: exit(:normal)
  def init(:stop), do: {:stop, :refused}
  def init(:ignore), do: :ignore
  def init(:nonsense), do: :nonsense
  def init(:killed), do: Process.exit(self(), :kill)
  def init(:shot), do: Process.exit(self(), :shot)
  def init(:slow), do: Process.sleep(1000)
end

Oracle.trap_exit()

for how <- [:raise, :exit, :normal, :stop, :ignore, :nonsense, :killed, :shot] do
  Oracle.show_result(to_string(how), GenServer.start(Failing, how, name: :failing))
  Oracle.show("name", Process.whereis(:failing))
end

Oracle.show_result("slow", GenServer.start(Failing, :slow, name: :failing, timeout: 20))
Oracle.settle()
Oracle.show("name", Process.whereis(:failing))
Oracle.settle()
Oracle.show_mailbox("mailbox")
