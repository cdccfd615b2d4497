Code.require_file("support/oracle.ex", __DIR__)

defmodule Shop do
  use Application

  def start(type, args) do
    {:trap_exit, traps} = Process.info(self(), :trap_exit)
    Oracle.show("start", [type, args.word, traps])
    children = [worker(:stock, args), worker(:till, args)]
    {:ok, pid} = Supervisor.start_link(children, strategy: :one_for_one, name: Shop.Supervisor)
    {:ok, pid, :open}
  end

  def prep_stop(state) do
    Oracle.show("prep_stop", [state, Process.whereis(:till) != nil])
    :closing
  end

  def stop(state) do
    Oracle.show("stop", [state, Process.whereis(Shop.Supervisor) || :none])
    raise "nobody hears of this"
  end

  defp worker(id, args) do
    %{id: id, start: {Worker, :start_link, [%{id: id, main: args.main, trap: true}]}}
  end
end

args = %{main: self(), word: :hello}
Oracle.show_result("load", :application.load({:application, :Shop, [mod: {Shop, args}, applications: []]}))
Oracle.show_result("start", Application.start(:Shop))
Oracle.show_result("again", Application.start(:Shop))
Oracle.show_result("ensure_started", Application.ensure_started(:Shop))
Oracle.show_messages("init", 2)
Oracle.show_result("stop", Application.stop(:Shop))
Oracle.show_messages("terminate", 2)
Oracle.show_result("again", Application.stop(:Shop))
Oracle.show_result("never heard of", Application.stop(:Nothing))
Oracle.show_result("start again", Application.start(:Shop, :temporary))
main = self()
spawn(fn -> send(main, {:stopped, Application.stop(:Shop) == :ok}) end)
receive do
  {:stopped, ok} -> Oracle.show("stopped", ok)
end

Oracle.show_messages("told", 4)
