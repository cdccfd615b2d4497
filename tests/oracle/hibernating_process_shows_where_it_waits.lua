local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Sleeper = GenServer.module "Sleeper"
function Sleeper.init() return "ok", nil end
function Sleeper.handle_call.ping(state) return "reply", "pong", state end
function Sleeper.handle_cast.hibernate(state) return "noreply", state, "hibernate" end

local function where(pid) return Process.info(pid, "current_function") end
local pid = GenServer.start(Sleeper)
oracle.settle()
oracle.show("waits", where(pid))
GenServer.cast(pid, "hibernate")
oracle.settle()
oracle.show("hibernates", where(pid))
oracle.show("status", Process.info(pid, "status"))
oracle.show("answers", GenServer.call(pid, "ping"))
oracle.settle()
oracle.show("waits again", where(pid))
pid = GenServer.start(Sleeper, nil, { hibernate_after = 10 })
oracle.show("answers", GenServer.call(pid, "ping"))
oracle.settle()
oracle.show("hibernates after some time", where(pid))
pid = GenServer.start(Sleeper, nil, { hibernate_after = 0 })
oracle.show("answers", GenServer.call(pid, "ping"))
oracle.settle()
oracle.show("hibernates at once", where(pid))
pid = Agent.start(function() return 1 end, { hibernate_after = 10 })
oracle.settle()
oracle.show("so does an agent", where(pid))
