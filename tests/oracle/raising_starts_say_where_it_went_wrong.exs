Code.require_file("support/oracle.ex", __DIR__)

defmodule Failing do
  use GenServer
  def init(_), do: raise("in init")
  def start_link(_), do: GenServer.start_link(__MODULE__, nil)
  def start_raising, do: raise("in the start function")
  def start_nonsense, do: :nonsense
end

Oracle.trap_exit()

for {id, start} <- [
      init: {Failing, :start_link, [nil]},
      start: {Failing, :start_raising, []},
      nonsense: {Failing, :start_nonsense, []}
    ] do
  Oracle.show_result("start_link", Supervisor.start_link([%{id: id, start: start}], strategy: :one_for_one))
end
