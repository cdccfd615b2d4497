Code.require_file("support/oracle.ex", __DIR__)

defmodule Failing do
  use GenServer
  def init(:raise), do: raise("boom")
  def init(reason), do: {:stop, reason}
end

Oracle.log_to_stderr()
GenServer.start(Failing, :raise)
GenServer.start(Failing, :no_disk)
Oracle.flush_log()
IO.puts("quiet")
