-- args: --virtual
Logger.configure { level = "none" }

Stop = GenServer.module "Stop"
function Stop.init(ms) return "ok", ms end
function Stop.terminate(reason, ms) Process.sleep(ms) end

print(GenServer.stop(GenServer.start(Stop, 0)))                   -- expect: true
print(GenServer.stop(GenServer.start(Stop, 0), { "because", 1 })) -- expect: true
local pid = GenServer.start(Stop, 100)
local ok, err = pcall(GenServer.stop, pid, "normal", 10)
print(inspect(err.reason[1]), Process.alive(pid))                 -- expect: "timeout"	true
Process.sleep(200)
print(Process.alive(pid))                                         -- expect: false
ok, err = pcall(GenServer.stop, pid)
print(tostring(err):match("^[^\n]*") == "** (exit) exited in: GenServer.stop(" .. tostring(pid) .. ', "normal", "infinity")')
-- expect: true
