Mute = GenServer.module "Mute"
function Mute.init() return "ok", 0 end

local pid = GenServer.start(Mute, nil, { name = "mute" })
local ok, err = pcall(GenServer.call, pid, "hello")
print(err.reason[1][1])    -- expect: attempted to call GenServer mute but no handle_call/3 clause was provided
-- expect error: ** (RuntimeError) attempted to call GenServer mute but no handle_call/3 clause was provided
pid = GenServer.start(Mute, nil, { name = "mute" })
local ref = Process.monitor(pid)
GenServer.cast(pid, "hello")
receive { { { "DOWN", ref, _, _, _ }, function(_, _, reason) print(reason[1]) end } }
-- expect: attempted to cast GenServer mute but no handle_cast/2 clause was provided
-- expect error: Last message: { "$gen_cast", "hello" }
