-- Under the virtual clock short slices take no time, but an endless number of them does: here each
-- waits for a timer while something goes on without end.
-- args: --virtual
local main = self()

-- A process that gives way again and again until its timer has fired.
Process.send_after(main, "tick", 30)
local function has_come()
  return receive {
    { "tick", function() return true end },
    after = { 0, function() return false end },
  }
end
while not has_come() do end
print("gave way")
-- expect: gave way

-- Two processes that only answer each other.
local function echo()
  while true do send(receive()[2], { "ball", self() }) end
end
local first, second = spawn(echo), spawn(echo)
send(first, { "ball", second })
Process.sleep(30)
print("slept beside an exchange")
-- expect: slept beside an exchange
Process.exit(first, "kill")
Process.exit(second, "kill")

-- A supervisor that restarts a child whose name a sleeping stranger holds.
Worker = GenServer.module "Worker"
function Worker.start_link() return GenServer.start_link(Worker, nil, { name = "worker" }) end
function Worker.init() return "ok", nil end

local sup = Supervisor.start_link({ Worker }, { strategy = "one_for_one", max_restarts = 100000000 })
local worker = Process.whereis("worker")
Process.unregister("worker")
local stranger = spawn(function()
  Process.register(self(), "worker")
  send(main, "registered")
  Process.sleep(20)
end)
receive { { "registered", function() end } }
Process.exit(worker, "kill")
Process.sleep(40)
print(Process.alive(stranger), is_pid(Process.whereis("worker")), Process.whereis("worker") ~= stranger)
-- expect: false	true	true
