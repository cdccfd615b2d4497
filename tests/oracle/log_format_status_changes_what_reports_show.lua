local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Secret = GenServer.module "Secret"
function Secret.init(main) return "ok", { main = main, password = "hunter2" } end
function Secret.handle_cast.exit(state, reason) exit(reason) end
function Secret.handle_cast.raise(state) error("boom") end
function Secret.handle_info.stop(state) return "stop", { "bad", "hunter2" }, state end

function Secret.format_status(status)
  local reason, keys = status.reason, {}
  if type(reason) == "table" and type(reason[2]) == "table" then
    reason = { "with_stack", (reason[1]:gsub("^[^\n]-:%d+: ", "", 1)) }
  elseif type(reason) == "string" and reason:find(":%d+: ") then
    reason = { "without_stack", (reason:gsub("^[^\n]-:%d+: ", "", 1)) }
  end
  for key in pairs(status) do keys[#keys + 1] = key end
  table.sort(keys)
  send(status.state.main, { "keys", keys, status.message or "none", reason or "none" })
  status.state = { password = "*******" }
  if status.message == "stop" then
    status.message, status.reason = "hidden_message", "hidden_reason"
  end
  return status
end

oracle.log_to_stderr()
local function start() return GenServer.start(Secret, self()) end
local pid = start()
local status = sys.get_status(pid)
oracle.show_messages("asked", 1)
oracle.show("shown", status[4][5][#status[4][5]][2][1][2])
GenServer.cast(pid, { "exit", "oops" })
oracle.flush_log_of(pid)
oracle.show_messages("exit", 1)
pid = start()
GenServer.cast(pid, "raise")
oracle.flush_log_of(pid)
oracle.show_messages("raise", 1)
pid = start()
send(pid, "stop")
oracle.flush_log_of(pid)
oracle.show_messages("stop", 1)
