-- Ten thousand children of one_for_all that have died together, with other messages between their
-- exits: one restart of all, in order; strangers' messages are reported, none is lost.
local COUNT = 10000
Worker = GenServer.module "Worker"
function Worker.init(n) return "ok", n end
function Worker.handle_call.number(n) return "reply", n, n end

local children = {}
for i = 1, COUNT do children[i] = { id = i, start = { Worker, "start_link", { i } } } end

for _, strategy in ipairs { "one_for_all", "rest_for_one" } do
  local sup = Supervisor.start_link(children, { strategy = strategy, max_restarts = 1 })
  local before = Supervisor.which_children(sup)
  local calls = {}
  for i = COUNT, 1, -1 do
    Process.exit(before[i][2], "kill")
    if i % 1000 == 0 then calls[#calls + 1] = Task.async(function() return Supervisor.count_children(sup) end) end
  end
  local active = {}
  for i, call in ipairs(calls) do active[i] = Task.await(call, "infinity").active end
  print(strategy, #active, active[1], active[#active])
  local after, ordered = Supervisor.which_children(sup), true
  for i = 1, COUNT do
    ordered = ordered and after[i][1] == COUNT + 1 - i and after[i][2] ~= before[i][2]
  end
  print(ordered, GenServer.call(after[1][2], "number"), Process.info(sup, "message_queue_len"))
  print(Supervisor.stop(sup))
end
-- expect: one_for_all	10	10000	10000
-- expect: true	10000	0
-- expect: true
-- expect: rest_for_one	10	10000	10000
-- expect: true	10000	0
-- expect: true
