-- A dispatcher goes along to the other nodes, and is handed the subscribers there.
Node.start("b")
Shout = GenServer.module "Shout"
function Shout.dispatch(entries, from, message)
  for _, entry in ipairs(entries) do send(entry[1], { entry[2], from, message }) end
end

local main = self()
PubSub.start_link { name = "Chat" }
PubSub.subscribe("Chat", "news", { metadata = "here" })
Node.spawn("b@local", function()
  PubSub.start_link { name = "Chat" }
  PubSub.subscribe("Chat", "news", { metadata = "there" })
  send(main, "ready")
  while true do send(main, { "b", (receive()) }) end
end)
print(inspect((receive())))                                -- expect: "ready"

print(PubSub.broadcast("Chat", "news", 1, Shout))          -- expect: true
print(inspect((receive())))                                -- expect: { "here", "none", 1 }
print(inspect((receive())))                                -- expect: { "b", { "there", "none", 1 } }

PubSub.direct_broadcast("b@local", "Chat", "news", 2, Shout)
print(inspect((receive())))                                -- expect: { "b", { "there", "none", 2 } }

local function complain(fn, ...)
  local ok, err = pcall(fn, ...)
  print((tostring(err):gsub("^.-:%d+: ", "")))
end
complain(PubSub.broadcast, "Chat", "news", 3, "loud")
-- expect: bad argument #4 to 'PubSub.broadcast' (dispatcher: a module with a function dispatch expected, got "loud")
complain(PubSub.direct_broadcast, "b@local", "Chat", "news", 3, {})
-- expect: bad argument #5 to 'PubSub.direct_broadcast' (dispatcher: a module with a function dispatch expected, got {})
