-- args: --virtual --seed 1
-- What init guarantees: what is near at hand is there when init returns, or there is no process; what is
-- far away is promised by nobody, so the process starts without it and keeps trying.

-- ---- Near at hand: guarantee it or fail

Settings = GenServer.module "Settings"
function Settings.init(path)
  local file = io.open(path)
  if not file then return "stop", { "could not open", path } end
  file:close()
  return "ok", path
end

Process.flag("trap_exit", true)
print(inspect({ GenServer.start_link(Settings, "/no/such/file") }))
-- expect: { nil, { "could not open", "/no/such/file" } }
print(inspect(receive()))
-- expect: { "EXIT", #PID<0.101.0>, { "could not open", "/no/such/file" } }

-- A tree whose first child cannot keep its promise does not start at all, and says why.
local _, reason = Supervisor.start_link({ { Settings, "/no/such/file" } }, { strategy = "one_for_one" })
print(inspect(reason[2], { width = 100 }))
-- expect: { "failed_to_start_child", "Settings", { "could not open", "/no/such/file" } }

-- ---- Far away: degrade, and come back

-- A service that refuses the first `refusals` attempts.
Remote = GenServer.module "Remote"
function Remote.init(refusals) return "ok", refusals end
function Remote.handle_call.connect(refusals)
  if refusals > 0 then return "reply", { "error", "econnrefused" }, refusals - 1 end
  return "reply", { "ok", "connection" }, refusals
end

Client = GenServer.module "Client"

local function backoff(retries) return math.min(100 * 2 ^ retries, 5000) // 1 | 0 end

function Client.init(remote)
  send(self(), "connect")
  return "ok", { remote = remote, status = "connecting", retry_count = 0 }
end

function Client.handle_info.connect(state)
  local status, conn = table.unpack(GenServer.call(state.remote, "connect"))
  if status == "ok" then
    return "noreply", Map.merge(state, { conn = conn, status = "connected" })
  end
  Process.send_after(self(), "connect", backoff(state.retry_count))
  return "noreply", Map.put(state, "retry_count", state.retry_count + 1)
end

-- A caller is told how things stand, and decides by itself what to make of it.
function Client.handle_call.query(state)
  if state.status ~= "connected" then return "reply", { "error", state.status }, state end
  return "reply", { "ok", "rows" }, state
end

local remote = GenServer.start_link(Remote, 5)
local client = GenServer.start_link(Client, remote)
print(inspect(GenServer.call(client, "query")))                 -- expect: { "error", "connecting" }

-- It was tried at 0, 100, 300, 700, 1500 and 3100 ms.
for _, ms in ipairs { 50, 1000, 2000, 100 } do
  Process.sleep(ms)
  local state = sys.get_state(client)
  print(System.monotonic_time("millisecond"), state.status, state.retry_count)
end
-- expect: 50	connecting	1
-- expect: 1050	connecting	4
-- expect: 3050	connecting	5
-- expect: 3150	connected	5
print(inspect(GenServer.call(client, "query")))                 -- expect: { "ok", "rows" }
