local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Custom = GenServer.module "Custom"
function Custom.dispatch(entries, from, message)
  for _, entry in ipairs(entries) do send(entry[1], { "custom", entry[2] or "nothing", from, message }) end
  return "what_it_returns"
end

Fails = GenServer.module "Fails"
function Fails.dispatch() exit("boom") end

Supervisor.start_link({ { PubSub, { name = "Chat" } } }, { strategy = "one_for_one" })
oracle.show("main", self())
oracle.show_result("not called without subscribers", PubSub.broadcast("Chat", "news", 1, Fails))
PubSub.subscribe("Chat", "news")
PubSub.subscribe("Chat", "news", { metadata = { fast = true } })
oracle.show_result("broadcast", PubSub.broadcast("Chat", "news", "one", Custom))
oracle.show_mailbox("heard")
oracle.show_result("broadcast_from", PubSub.broadcast_from("Chat", self(), "news", "two", Custom))
oracle.show_mailbox("heard")
oracle.show_result("local_broadcast", PubSub.local_broadcast("Chat", "news", "three", Custom))
oracle.show_mailbox("heard")
oracle.show_result("local_broadcast_from", PubSub.local_broadcast_from("Chat", self(), "news", "four", Custom))
oracle.show_mailbox("heard")
oracle.show("fails in the caller", oracle.caught(function() PubSub.broadcast("Chat", "news", 1, Fails) end))
oracle.show("none", oracle.raises(function() PubSub.broadcast("Chat", "news", 1, {}) end))
