-- args: --virtual
Echo = GenServer.module "Echo"
function Echo.init() return "ok", 0 end
function Echo.handle_call(request, from, n) return "reply", request, n end

local pid = GenServer.start_link(Echo)
print(sys.suspend(pid))                            -- expect: true
local ok, err = pcall(GenServer.call, pid, "a", 50)
print(err.reason[1])                               -- expect: timeout
print(sys.get_state(pid))                          -- expect: 0
print(sys.resume(pid))                             -- expect: true
print(GenServer.call(pid, "b"))                    -- expect: b
