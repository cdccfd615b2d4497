Logger.configure { level = "none" }

Nil = GenServer.module "Nil"
function Nil.init() return "ok", nil end
function Nil.handle_call.state(state, from) return "reply", state, nil end
function Nil.handle_call.forgetful(state, from) return "reply", "no state behind me" end

local pid = GenServer.start(Nil)
print(GenServer.call(pid, "state"))                -- expect: nil
print(sys.get_state(pid))                          -- expect: nil
local ok, err = pcall(GenServer.call, pid, "forgetful")
print(inspect(err.reason[1]))                      -- expect: { "bad_return_value", { "reply", "no state behind me" } }
