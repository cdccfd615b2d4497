-- args: --virtual
-- The briefing's claim that a system heals itself in milliseconds, measured from the kill to the first
-- answer of the successor. On the real clock:
--
--     moonbeam briefing_recovery.lua
--
-- On the virtual one computing takes no time, so what is left is what the service itself takes to start.

local function now() return System.monotonic_time("microsecond") end

Service = GenServer.module "Service"
function Service.start_link(starting) return GenServer.start_link(Service, starting, { name = Service }) end
function Service.init(starting)
  if starting > 0 then Process.sleep(starting) end
  return "ok", starting
end
function Service.handle_call.ping(state) return "reply", "pong", state end

local function recovery()
  local began = now()
  Process.exit(GenServer.whereis(Service), "kill")
  while not pcall(GenServer.call, Service, "ping") do Process.sleep(0) end
  return now() - began
end

-- Below three supervisors, the topmost of which has seen nothing in the end.
local function tree(starting, depth)
  if depth == 0 then return { Service, starting } end
  return { id = depth, type = "supervisor", start = function()
    return Supervisor.start_link({ tree(starting, depth - 1) },
      { strategy = "one_for_one", max_restarts = 1000 })
  end }
end

for _, starting in ipairs { 0, 20 } do
  local top = Supervisor.start_link({ tree(starting, 2) }, { strategy = "one_for_one" })
  local first = Supervisor.which_children(top)[1][2]
  local times = {}
  for i = 1, 101 do times[i] = recovery() end
  table.sort(times)
  print(string.format("a service that takes %2d ms to start: back after %d µs (median)", starting, times[51]))
  print(Supervisor.which_children(top)[1][2] == first)
  Supervisor.stop(top)
end
-- expect: a service that takes  0 ms to start: back after 0 µs (median)
-- expect: true
-- expect: a service that takes 20 ms to start: back after 20000 µs (median)
-- expect: true
