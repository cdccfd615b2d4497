Code.require_file("support/oracle.ex", __DIR__)

defmodule Failing do
  use GenServer
  def init(:raise), do: raise("boom")
  def init(:exit), do: exit(:left)
  def init(:nonsense), do: {:nonsense, 7}
end

Oracle.trap_exit()
Oracle.show_result("raise", GenServer.start_link(Failing, :raise))
Oracle.show_messages("message", 1)
Oracle.show_result("exit", GenServer.start_link(Failing, :exit))
Oracle.show_messages("message", 1)
Oracle.show_result("bad return", GenServer.start_link(Failing, :nonsense))
Oracle.show_messages("message", 1)
