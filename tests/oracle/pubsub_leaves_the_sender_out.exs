Code.require_file("support/oracle.ex", __DIR__)
Oracle.needs(:phoenix_pubsub)
alias Phoenix.PubSub
{:ok, _} = Supervisor.start_link([{PubSub, name: Chat}], strategy: :one_for_one)
main = self()

listener = fn name ->
  pid = spawn(fn ->
    PubSub.subscribe(Chat, "news")
    send(main, :ready)
    hear = fn hear -> receive(do: (message -> send(main, {name, message}); hear.(hear))) end
    hear.(hear)
  end)
  receive(do: (:ready -> pid))
end

a = listener.(:a)
PubSub.subscribe(Chat, "news")
PubSub.subscribe(Chat, "news")
hear = fn label -> Oracle.settle(); Oracle.show_mailbox(label) end
Oracle.show_result("broadcast_from", PubSub.broadcast_from(Chat, self(), "news", 1))
hear.("all but both of mine")
PubSub.broadcast_from(Chat, a, "news", 2)
hear.("all but a")
PubSub.broadcast_from!(Chat, spawn(fn -> :ok end), "news", 3)
hear.("all but a stranger")
Oracle.show_result("local_broadcast_from", PubSub.local_broadcast_from(Chat, self(), "news", 4))
hear.("all but me")
Process.exit(a, :kill)
Oracle.settle()
Oracle.show("the dead are forgotten", length(Registry.lookup(Chat, "news")))
Oracle.show_result("from the dead", PubSub.broadcast_from(Chat, a, "news", 5))
hear.("mine")
