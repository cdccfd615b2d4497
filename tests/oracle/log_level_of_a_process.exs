Code.require_file("support/oracle.ex", __DIR__)
require Logger
defmodule Quiet do
  use GenServer
  def init(level) do
    Logger.put_process_level(self(), level)
    {:ok, level}
  end
  def handle_cast(:log, level) do
    Logger.error("error of a server")
    {:noreply, level}
  end
  def handle_cast(:crash, _), do: exit(:boom)
end

Oracle.log_to_stderr()
Oracle.show("none yet", Logger.get_process_level(self()))
Oracle.show_result("put", Logger.put_process_level(self(), :error))
Oracle.show("own", Logger.get_process_level(self()))
Logger.warning("below")
Logger.error("not below")
Task.await(Task.async(fn -> Logger.debug("others log") end))
Logger.configure(level: :critical)
Logger.put_process_level(self(), :debug)
Logger.error("may log no more than all")
Logger.critical("may log what all may")
Logger.configure(level: :debug)
Oracle.show_result("disable", Logger.disable(self()))
Oracle.show("own", Logger.get_process_level(self()))
Oracle.show("enabled", Logger.enabled?(self()))
Logger.emergency("nothing")
Oracle.show_result("enable", Logger.enable(self()))
Oracle.show("enabled", Logger.enabled?(self()))
Logger.debug("all again")
Logger.put_process_level(self(), :none)
Oracle.show_result("delete", Logger.delete_process_level(self()))
Oracle.show("own", Logger.get_process_level(self()))
Logger.debug("deleted")
Oracle.show("of others", Oracle.raises(fn -> Logger.put_process_level(spawn(fn -> :ok end), :error) end))
Logger.flush()
{:ok, pid} = GenServer.start(Quiet, :none)
GenServer.cast(pid, :log)
GenServer.cast(pid, :crash)
Oracle.flush_log_of(pid)
{:ok, pid} = GenServer.start(Quiet, :critical)
GenServer.cast(pid, :crash)
Oracle.flush_log_of(pid)
spawn(fn ->
  Logger.disable(self())
  raise "told by others"
end)
Oracle.flush_log()
{:ok, pid} = Task.start(fn ->
  Logger.disable(self())
  raise "told by the task"
end)
Oracle.flush_log_of(pid)
