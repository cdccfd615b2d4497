Code.require_file("support/oracle.ex", __DIR__)

defmodule Shop do
  use Application

  def start(_, main) do
    {:ok, pid} = Supervisor.start_link([], strategy: :one_for_one, name: Shop.Supervisor)
    {:ok, pid, main}
  end

  def prep_stop(main) do
    send(main, :prep_stop)
    main
  end

  def stop(main), do: send(main, {:stop, Process.whereis(Shop.Supervisor) || :none})
end

:application.load({:application, :Shop, [mod: {Shop, self()}, applications: []]})

links = fn pid, except ->
  {:links, pids} = Process.info(pid, :links)
  pids -- except
end

for {who, reason} <- [master: :ignored, starter: :ignored, master: :kill] do
  Application.start(:Shop)
  top = Process.whereis(Shop.Supervisor)
  [starter] = links.(top, [])
  [master] = links.(starter, [top])
  Process.exit(if(who == :master, do: master, else: starter), reason)
  Oracle.settle()
  Oracle.show("alive", [Process.alive?(master), Process.alive?(starter), Process.alive?(top)])
  Application.stop(:Shop)
  Oracle.show_mailbox("told")
end
