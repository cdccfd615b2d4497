-- args: --virtual --seed 5
-- However many ask for a name at the same time, on however slow a net: one gets it, and all hear of the same.
local nodes = { Node.start("a"), Node.start("b"), Node.start("c"), Node.start("d") }
for _, node in ipairs(nodes) do Node.connect(node) end
global.sync()

Server = GenServer.module "Server"
function Server.init() return "ok", 0 end
function Server.handle_call.node(n) return "reply", Node.self(), n end

local main = self()
local function run(name)
  local answer = global.register_name(name, self())
  send(main, { answer, self() })
  Process.sleep("infinity")
end
local function start(name)
  local pid, reason = GenServer.start(Server, nil, { name = { "global", name } })
  send(main, { pid and "yes" or "no", pid or reason[2] })
end

-- Five of them on each node; how often "yes" was said, and whether the one who has the name was told so.
local function contest(name, fn)
  local pids, winners, winner, told = {}, 0, nil, {}
  for _ = 1, 5 do
    for _, node in ipairs(nodes) do pids[#pids + 1] = Node.spawn(node, fn, name) end
  end
  for _ = 1, #pids do
    local answer, pid = table.unpack(receive())
    told[pid] = true
    if answer == "yes" then winners, winner = winners + 1, pid end
  end
  global.sync()
  return winners == 1 and global.whereis_name(name) == winner, #Map.keys(told)
end

local registered, started, agreed = 0, 0, 0
for round = 1, 10 do
  net.delay(math.random(0, 15))
  if contest("process " .. round, run) then registered = registered + 1 end
  local one, told = contest("server " .. round, start)
  if one then started = started + 1 end
  if told == 1 then agreed = agreed + 1 end
end
print(registered, started, agreed)              -- expect: 10	10	10

-- Every behaviour takes such a name, and every function that takes a name takes it too.
Machine = GenStateMachine.module "Machine"
Machine.callback_mode = "state_functions"
function Machine.init() return "ok", "on", 0 end
function Machine.on(kind, _, data) return "keep_state", data, { { "reply", kind[2], "is on" } } end
local machine = GenStateMachine.start_link(Machine, nil, { name = { "global", "machine" } })
print(GenStateMachine.call({ "global", "machine" }, "?"), global.whereis_name("machine") == machine)
-- expect: is on	true
DynamicSupervisor.start_link { strategy = "one_for_one", name = { "global", { "sup", 1 } } }
local child = DynamicSupervisor.start_child({ "global", { "sup", 1 } }, { Agent, function() return 7 end })
print(Agent.get(child, function(n) return n end))                       -- expect: 7
print(sys.get_state({ "global", "machine" })[1])                        -- expect: on
print(GenServer.whereis({ "global", { "sup", 1 } }) == global.whereis_name({ "sup", 1 }))   -- expect: true
global.register_name("me", self())
send({ "global", "me" }, "hello")
print(receive())                                                        -- expect: hello
local ref = Process.monitor({ "global", "machine" })
print(inspect { GenStateMachine.start(Machine, nil, { name = { "global", "machine" } }) }
  == inspect { nil, { "already_started", machine } })                   -- expect: true
GenStateMachine.stop({ "global", "machine" })
print(receive()[2] == ref, GenServer.whereis({ "global", "machine" }))  -- expect: true	nil
