Crashing = GenServer.module "Crashing"
function Crashing.init(n) return "ok", { n = n } end
function Crashing.handle_call.crash(state, from) error("boom") end

local pid = GenServer.start(Crashing, 7, { name = "crashing" })
print(pcall(GenServer.call, pid, "crash") == false)    -- expect: true
-- expect error: [error] GenServer crashing terminating
-- expect error: ** (RuntimeError) boom
-- expect error: gen_server_crash_report.lua:3: in function 'Crashing.handle_call.crash'
-- expect error: Last message (from #PID<
-- expect error: State: { n = 7 }
