-- args: --virtual
-- A broadcast reaches the subscribers on all connected nodes, and nobody twice.
local nodes = { Node.start("a"), Node.start("b"), Node.start("c") }
local main = self()

local function subscriber()
  PubSub.start_link { name = "Chat" }
  PubSub.subscribe("Chat", "news")
  send(main, "ready")
  while true do
    local message = receive()
    send(main, { Node.self():sub(1, 1), message })
  end
end

PubSub.start_link { name = "Chat" }
PubSub.subscribe("Chat", "news")
for _, node in ipairs(nodes) do
  Node.spawn(node, subscriber)
  receive()
end

local function who_got_it(what)
  Process.sleep(10)
  local list = {}
  local function add(from) list[#list + 1] = from return true end
  while receive { { { any, what }, add }, { what, function() return add("main") end },
                  after = { 0, function() return false end } } do end
  table.sort(list)
  print(what, table.concat(list, " "))
end

print(PubSub.broadcast("Chat", "news", "to all"))                                   -- expect: true
who_got_it("to all")                                                                -- expect: to all	a b c main
print(PubSub.local_broadcast("Chat", "news", "here"))                               -- expect: true
who_got_it("here")                                                                  -- expect: here	main
print(PubSub.broadcast_from("Chat", self(), "news", "to the others"))               -- expect: true
who_got_it("to the others")                                                         -- expect: to the others	a b c
print(PubSub.direct_broadcast("b", "Chat", "news", "to b"))                         -- expect: true
who_got_it("to b")                                                                  -- expect: to b	b
print(PubSub.direct_broadcast(Node.self(), "Chat", "news", "to itself"))            -- expect: true
who_got_it("to itself")                                                             -- expect: to itself	main
print(PubSub.node_name("Chat"))                                                     -- expect: main@local

-- In order.
for i = 1, 3 do PubSub.broadcast("Chat", "news", i) end
Process.sleep(10)
print(inspect(Enum.filter(Process.info(self(), "messages"), function(m) return type(m) == "table" and m[1] == "c" end)))
-- expect: { { "c", 1 }, { "c", 2 }, { "c", 3 } }
for i = 1, 3 do who_got_it(i) end
-- expect: 1	a b c main
-- expect: 2	a b c main
-- expect: 3	a b c main

-- While the net is split it reaches one's own side; afterwards, once they are connected, all again.
net.split { { "main", "a" }, { "b", "c" } }
PubSub.broadcast("Chat", "news", "to this side")
who_got_it("to this side")                                                          -- expect: to this side	a main
print(PubSub.direct_broadcast("b", "Chat", "news", "across"))                       -- expect: true
who_got_it("across")                                                                -- expect: across	
net.heal()
for _, node in ipairs(nodes) do Node.connect(node) end
PubSub.broadcast("Chat", "news", "to all again")
who_got_it("to all again")                                                          -- expect: to all again	a b c main

-- A node without such a PubSub is passed over; one whose adapter dies gets another.
Node.start("d")
Node.connect("d")
PubSub.broadcast("Chat", "news", "not to d")
who_got_it("not to d")                                                              -- expect: not to d	a b c main
Node.spawn("a", function() Process.exit(Process.whereis("Chat.Adapter"), "kill") end)
Process.sleep(10)
PubSub.broadcast("Chat", "news", "a again")
who_got_it("a again")                                                               -- expect: a again	a b c main

for _, call in ipairs {
  function() PubSub.direct_broadcast(1, "Chat", "news", "x") end,
  function() PubSub.direct_broadcast("b", "Chat", 1, "x") end,
  function() PubSub.direct_broadcast("b", "Nobody", "news", "x") end,
  function() PubSub.node_name("Nobody") end,
} do
  print((select(2, pcall(call)):gsub("^%S+ ", "")))
end
-- expect: bad argument #1 to 'PubSub.direct_broadcast' (node: the name of a node expected, got 1)
-- expect: bad argument #3 to 'PubSub.direct_broadcast' (topic: a string expected, got 1)
-- expect: unknown registry: Nobody
-- expect: unknown registry: Nobody

-- A module stands for its name.
Chatter = GenServer.module "Chatter"
PubSub.start_link { name = Chatter }
PubSub.subscribe(Chatter, "news")
PubSub.direct_broadcast(Node.self(), "Chatter", "news", "by name")
PubSub.direct_broadcast(Node.self(), Chatter, "news", "by module")
print(receive(), receive())                     -- expect: by name	by module
