Holder = GenServer.module "Holder"
function Holder.init(state) return "ok", state end

local pid = GenServer.start_link(Holder, { n = 1 }, { name = "holder" })
print(inspect(sys.get_state("holder")))                               -- expect: { n = 1 }
print(inspect(sys.replace_state(pid, function(s) s.n = 2 return s end))) -- expect: { n = 2 }
local ok, err = pcall(sys.replace_state, pid, function(s) s.n = 3 error("no") end)
print(ok, tostring(err):find("the function failed", 1, true) ~= nil)  -- expect: false	true
print(inspect(sys.get_state(pid, 1000)))                              -- expect: { n = 2 }
ok, err = pcall(sys.replace_state, pid, 5)
print((tostring(err):gsub("^[^\n]-:%d+: ", "")))
-- expect: bad argument #2 to 'sys.replace_state' (fn: a function of the state expected, got 5)
ok, err = pcall(sys.get_state, "nobody", 10)
print(inspect(err.reason))                -- expect: { "noproc", { "sys", "get_state", { "nobody", 10 } } }
