Code.require_file("support/oracle.ex", __DIR__)
Oracle.needs(:phoenix_pubsub)
alias Phoenix.PubSub

defmodule Custom do
  def dispatch(entries, from, message) do
    for {pid, metadata} <- entries, do: send(pid, {:custom, metadata || :nothing, from, message})
    :what_it_returns
  end
end

defmodule Fails do
  def dispatch(_entries, _from, _message), do: exit(:boom)
end

{:ok, _} = Supervisor.start_link([{PubSub, name: Chat}], strategy: :one_for_one)
Oracle.show("main", self())
Oracle.show_result("not called without subscribers", PubSub.broadcast(Chat, "news", 1, Fails))
PubSub.subscribe(Chat, "news")
PubSub.subscribe(Chat, "news", metadata: %{fast: true})
Oracle.show_result("broadcast", PubSub.broadcast(Chat, "news", :one, Custom))
Oracle.show_mailbox("heard")
Oracle.show_result("broadcast_from", PubSub.broadcast_from(Chat, self(), "news", :two, Custom))
Oracle.show_mailbox("heard")
Oracle.show_result("local_broadcast", PubSub.local_broadcast(Chat, "news", :three, Custom))
Oracle.show_mailbox("heard")
Oracle.show_result("local_broadcast_from", PubSub.local_broadcast_from(Chat, self(), "news", :four, Custom))
Oracle.show_mailbox("heard")
Oracle.show("fails in the caller", Oracle.caught(fn -> PubSub.broadcast(Chat, "news", 1, Fails) end))
Oracle.show("none", Oracle.raises(fn -> PubSub.broadcast(Chat, "news", 1, NoModule) end))
