Code.require_file("support/oracle.ex", __DIR__)
require Logger

defmodule Odd do
  use GenServer

  def init(state) do
    Logger.metadata(request: "crash")
    {:ok, state}
  end

  def handle_cast(:stop, state), do: {:stop, :bad, state}
end

Oracle.log_to_stderr()
shows = fn options -> Logger.configure_backend(:console, options) end

Logger.metadata(user: "joe", request: 7)
Logger.info("shown by nobody")
shows.(metadata: [:request, :user, :more, :other])
Logger.info("in the order of the configuration")
Logger.info("with more", user: "ann", more: true)
Logger.log(:error, fn -> "by a function" end, more: 1.5)
Logger.metadata(request: nil)
Logger.warning("one is gone")
Logger.metadata(user: [1, 2], request: %{a: 1}, more: "a b", other: {1, 2})
Logger.info("only what has a text")
Logger.reset_metadata(other: :atom)
Logger.info("reset")
Oracle.show("metadata", Enum.sort(Logger.metadata()))
Logger.flush()
main = self()

spawn(fn ->
  Logger.info("somebody else")
  Logger.metadata(user: "else")
  Logger.info("somebody else")
  send(main, :done)
end)

Oracle.show_messages("told", 1)
Task.await(Task.async(fn -> Logger.info("a task inherits nothing") end))
Logger.flush()
{:ok, pid} = GenServer.start(Odd, true)
GenServer.cast(pid, :stop)
Oracle.flush_log_of(pid)
Logger.reset_metadata()
Logger.info("nothing left")
Logger.flush()
shows.(format: "$level $metadata<$message> $node\n")
Logger.notice("another format", user: "joe")
Logger.flush()
