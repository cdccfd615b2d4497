Code.require_file("support/oracle.ex", __DIR__)

main = self()

show = fn label ->
  send(main, {label, self(), Process.get(:"$callers") || :none, Process.get(:"$ancestors") || :none})
  true
end

defmodule Named do
  def show(show, label), do: show.(label)
end

defmodule Server do
  use GenServer
  def init(show), do: {:ok, show}
  def handle_call(:task, _from, show), do: {:reply, Task.await(Task.async(fn -> show.("task of a server") end)), show}
  def handle_call(:show, _from, show), do: {:reply, show.("server"), show}
end

show.("main")
Oracle.show("self", self())
Task.await(Task.async(fn -> show.("async"); Task.await(Task.async(fn -> show.("nested") end)) end))
{:ok, _} = Task.Supervisor.start_link(name: :tasks)
Task.await(Task.Supervisor.async(:tasks, fn -> show.("supervised"); Task.await(Task.async(fn -> show.("nested") end)) end))
Task.await(Task.Supervisor.async_nolink(:tasks, Named, :show, [show, "by name"]))
Task.Supervisor.start_child(:tasks, fn -> show.("child") end)
Oracle.settle()
Enum.to_list(Task.Supervisor.async_stream(:tasks, ["stream under a supervisor"], show))
Task.start(fn -> show.("start"); Task.start(fn -> show.("start of a start") end); Process.sleep(50) end)
Oracle.settle()
spawn(fn -> show.("spawned"); Task.await(Task.async(fn -> show.("task of a spawned one") end)) end)
Oracle.settle()
Process.register(self(), :main)
Task.start_link(fn -> show.("start_link") end)
Oracle.settle()
{:ok, server} = GenServer.start_link(Server, show, name: :server)
GenServer.call(server, :show)
GenServer.call(server, :task)
{:ok, _} = Supervisor.start_link([{Task, fn -> show.("child of a supervisor") end}], strategy: :one_for_one, name: :supervisor)
Oracle.settle()
Oracle.show_mailbox("told")
