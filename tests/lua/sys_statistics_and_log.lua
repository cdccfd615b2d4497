Echo = GenServer.module "Echo"
function Echo.init() return "ok", 0 end
function Echo.handle_call(request, from, n) return "reply", request, n + 1 end

local pid = GenServer.start_link(Echo)
print(sys.statistics(pid, true), sys.log(pid, true))   -- expect: true	true
GenServer.call(pid, "a")
GenServer.call(pid, "b")
local statistics = sys.statistics(pid, "get")
print(statistics.messages_in, statistics.messages_out) -- expect: 2	2
print(#sys.log(pid, "get"))                            -- expect: 4
print(sys.statistics(pid, false), sys.log(pid, false)) -- expect: true	true
print(sys.statistics(pid, "get"))                      -- expect: no_statistics
