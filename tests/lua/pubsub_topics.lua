local sup = Supervisor.start_link({ { PubSub, { name = "Chat" } } }, { strategy = "one_for_one" })
print(Supervisor.which_children(sup)[1][1], PubSub.child_spec({ name = "Chat" }).type)
-- expect: Chat	supervisor

local function next_message()
  return receive { { _, inspect }, after = { 10, function() return "nothing" end } }
end

print(PubSub.broadcast("Chat", "news", "nobody hears"))       -- expect: true
print(PubSub.subscribe("Chat", "news"))                       -- expect: true
print(PubSub.broadcast("Chat", "news", { "flood", { 1 } }))   -- expect: true
print(next_message())                                         -- expect: { "flood", { 1 } }
PubSub.broadcast("Chat", "sports", "other topic")
print(next_message())                                         -- expect: nothing

-- Whoever has subscribed twice hears twice.
PubSub.subscribe("Chat", "news", { metadata = "second" })
PubSub.local_broadcast("Chat", "news", "hello")
print(next_message(), next_message(), next_message())         -- expect: "hello"	"hello"	nothing
print(inspect(Registry.values("Chat", "news", self())[2]))    -- expect: "second"

-- The sender may be left out.
local main = self()
local other = spawn(function()
  PubSub.subscribe("Chat", "news")
  send(main, "ready")
  while true do send(main, { "heard", (receive()) }) end
end)
print(next_message())                                         -- expect: "ready"
print(PubSub.broadcast_from("Chat", self(), "news", 1))       -- expect: true
print(next_message(), next_message())                         -- expect: { "heard", 1 }	nothing
print(PubSub.local_broadcast_from("Chat", other, "news", 2))  -- expect: true
print(next_message(), next_message(), next_message())         -- expect: 2	2	nothing

-- The dead are subscribers no more.
Process.exit(other, "kill")
print(PubSub.unsubscribe("Chat", "news"))                     -- expect: true
PubSub.broadcast("Chat", "news", "gone")
print(next_message(), Registry.count("Chat"))                 -- expect: nothing	0

local function complain(fn, ...)
  local ok, err = pcall(fn, ...)
  print((tostring(err):gsub("^.-:%d+: ", "")))
end
complain(PubSub.start_link, {})
-- expect: the name option is required when starting PubSub
complain(PubSub.subscribe, "Chat", 12)
-- expect: bad argument #2 to 'PubSub.subscribe' (topic: a string expected, got 12)
complain(PubSub.subscribe, "Nowhere", "news")
-- expect: unknown registry: Nowhere
complain(PubSub.broadcast_from, "Chat", "me", "news", 1)
-- expect: bad argument #2 to 'PubSub.broadcast_from' (from: a pid expected, got "me")
