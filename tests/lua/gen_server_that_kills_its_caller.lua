-- args: --virtual
-- A signal comes before the reply that is sent after it, however quickly the call is served.
Killer = GenServer.module "Killer"
function Killer.init() return "ok", 0 end
function Killer.handle_call(request, from, n)
  Process.exit(from[1], "kill")
  return "reply", "too late", n
end

local killer, main = GenServer.start(Killer), self()
local pid, ref = spawn_monitor(function()
  send(main, { "got", GenServer.call(killer, "hello") })
end)
print(inspect(receive()) == inspect { "DOWN", ref, "process", pid, "killed" })    -- expect: true
