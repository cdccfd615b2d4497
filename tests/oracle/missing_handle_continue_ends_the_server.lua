local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Forgetful = GenServer.module "Forgetful"
function Forgetful.init() return "ok", 0, { "continue", "setup" } end

local pid = GenServer.start(Forgetful, nil)
local ref = Process.monitor(pid)
oracle.show("ended", oracle.down(ref) ~= "normal")
