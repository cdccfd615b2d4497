Logger.configure { level = "none" }
Process.flag("trap_exit", true)

Strict = GenServer.module "Strict"
function Strict.init() return "ok", 0 end
function Strict.handle_call.known(state, from) return "reply", "yes", state end
function Strict.handle_cast.known(state) return "noreply", state end
function Strict.handle_info.known(state) return "noreply", state end

local pid = GenServer.start(Strict)
print(GenServer.call(pid, "known"))    -- expect: yes
local ok, err = pcall(GenServer.call, pid, { "other", 1 })
print(ok, err.kind)                    -- expect: false	exit
print(inspect(err.reason[1]))          -- expect: { "function_clause", { "Strict", "handle_call", { "other", 1 } } }

local function reason_of(act)
  local pid = GenServer.start(Strict)
  local ref = Process.monitor(pid)
  act(pid)
  return receive { { { "DOWN", ref, _, _, _ }, function(_, _, reason) return reason end } }
end

print(inspect(reason_of(function(pid) GenServer.cast(pid, "odd") end)))
-- expect: { "function_clause", { "Strict", "handle_cast", "odd" } }
print(inspect(reason_of(function(pid) send(pid, { "odd", 1 }) end)))
-- expect: { "function_clause", { "Strict", "handle_info", { "odd", 1 } } }
