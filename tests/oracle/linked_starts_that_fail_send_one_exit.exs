Code.require_file("support/oracle.ex", __DIR__)

defmodule Failing do
  use GenServer
  def init(:raise), do: raise("boom")
  def init(:exit), do: exit(:left)
  def init(:normal), do: exit(:normal)
  def init(:stop), do: {:stop, :refused}
  def init(:shutdown), do: {:stop, :shutdown}
  def init(:ignore), do: :ignore
  def init(:nonsense), do: :nonsense
  def init(:killed), do: Process.exit(self(), :kill)
  def init(:shot), do: Process.exit(self(), :shot)
  def init(:slow), do: Process.sleep(1000)
  def init(:fine), do: {:ok, nil}
end

Oracle.trap_exit()

for how <- [:raise, :exit, :normal, :stop, :shutdown, :ignore, :nonsense, :killed, :shot] do
  Oracle.show_result(to_string(how), GenServer.start_link(Failing, how, name: :failing))
  Oracle.settle()
  Oracle.show_mailbox("mailbox")
end

Oracle.show_result("slow", GenServer.start_link(Failing, :slow, timeout: 20))
Oracle.settle()
Oracle.show_mailbox("mailbox")
{:ok, _} = GenServer.start_link(Failing, :fine, name: :failing)
Oracle.show_result("name clash", GenServer.start_link(Failing, :fine, name: :failing))
Oracle.show_result("name clash without a link", GenServer.start(Failing, :raise, name: :failing))
Oracle.settle()
Oracle.show_mailbox("mailbox")
