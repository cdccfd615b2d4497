local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Supervisor.start_link({ { PubSub, { name = "Chat" } } }, { strategy = "one_for_one" })
local main = self()

local function listener(name)
  local pid = spawn(function()
    PubSub.subscribe("Chat", "news")
    send(main, "ready")
    while true do send(main, { name, (receive()) }) end
  end)
  receive { { "ready", function() end } }
  return pid
end

local a = listener("a")
PubSub.subscribe("Chat", "news")
PubSub.subscribe("Chat", "news")
local function hear(label) oracle.settle() oracle.show_mailbox(label) end
oracle.show_result("broadcast_from", PubSub.broadcast_from("Chat", self(), "news", 1))
hear("all but both of mine")
PubSub.broadcast_from("Chat", a, "news", 2)
hear("all but a")
PubSub.broadcast_from("Chat", spawn(function() end), "news", 3)
hear("all but a stranger")
oracle.show_result("local_broadcast_from", PubSub.local_broadcast_from("Chat", self(), "news", 4))
hear("all but me")
Process.exit(a, "kill")
oracle.settle()
oracle.show("the dead are forgotten", #Registry.lookup("Chat", "news"))
oracle.show_result("from the dead", PubSub.broadcast_from("Chat", a, "news", 5))
hear("mine")
