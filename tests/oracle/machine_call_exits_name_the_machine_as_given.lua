local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Lamp = GenStateMachine.module "Lamp"
function Lamp.init() return "ok", "off", nil end
function Lamp.handle_event(type, content)
  if content == "slow" then return "keep_state_and_data" end
  if content[1] == "stop" then return "stop", content[2] end
  return "stop_and_reply", content[2], { { "reply", type[2], "bye" } }
end

local function refused(label, server, request)
  oracle.show(label, oracle.caught(function() return GenStateMachine.call(server, request, 50) end))
end

local node = "nonode@nohost"
refused("nobody", "nobody", "slow")
refused("with its node", { "nobody", node }, "slow")
local pid = GenStateMachine.start(Lamp, nil, { name = "lamp" })
refused("slow", "lamp", "slow")
refused("slow", { "lamp", node }, "slow")
oracle.show_result("again", GenStateMachine.start(Lamp, nil, { name = "lamp" }))
refused("stops", "lamp", { "stop", "why" })
refused("dead", pid, "slow")

for index, reason in ipairs { "normal", "shutdown", { "shutdown", 1 } } do
  pid = GenStateMachine.start(Lamp)
  refused("stops", pid, { "stop", reason })
  pid = GenStateMachine.start(Lamp)
  refused("replies first", pid, { "bye", reason })
end

Process.register(self(), "me")
oracle.show("myself", oracle.caught(function() return GenStateMachine.call("me", "slow") end))
oracle.show("stop of nobody", oracle.caught(function() GenStateMachine.stop("nobody") end))
oracle.show_result("cast to nobody", GenStateMachine.cast("nobody", "hello"))
oracle.show_mailbox("mailbox")
