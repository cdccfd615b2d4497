Secret = GenServer.module "Secret"
function Secret.init(password) return "ok", { password = password } end
function Secret.format_status(status)
  return { state = { password = ("*"):rep(#status.state.password) } }
end

local pid = GenServer.start_link(Secret, "hunter2")
local status = sys.get_status(pid)
print(status[1], status[2] == pid, inspect(status[3]))  -- expect: status	true	{ "module", "gen_server" }
print(inspect(status):find("hunter2", 1, true))         -- expect: nil
print(inspect(status[4][5][3]))                         -- expect: { "data", { { "State", { password = "*******" } } } }
print(sys.get_state(pid).password)                      -- expect: hunter2
