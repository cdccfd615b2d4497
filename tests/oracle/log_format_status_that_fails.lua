local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Fails = GenServer.module "Fails"
function Fails.init(how) return "ok", how end
function Fails.handle_cast(reason, state) return "stop", reason, state end
function Fails.format_status(status)
  if status.state == "raise" then error("no status") end
  status["$status"] = status.state == "own" and "my own" or { "one", "two" }
  return status
end

oracle.log_to_stderr()
for _, how in ipairs { "raise", "own", "list" } do
  local pid = GenServer.start(Fails, how)
  local parts, own = sys.get_status(pid)[4][5], {}
  for i = 3, #parts do
    local part = parts[i]
    own[i - 2] = type(part) == "table" and part[1] == "data" and { part[2][1][1], part[2][1][2] } or part
  end
  oracle.show(how, own)
  if how == "raise" then GenServer.stop(pid) else GenServer.cast(pid, "bad") end
  oracle.flush_log_of(pid)
end
