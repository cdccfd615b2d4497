local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

Shown = GenStateMachine.module "Shown"
function Shown.init(how) return "ok", "a", how end
function Shown.handle_event()
  return "keep_state_and_data", { "postpone", { "state_timeout", 5000, "late" } }
end
function Shown.format_status(status)
  local how = status.data
  if how == "raises" then error("x") end
  if how == "list" then status["$status"] = { { "own", 1 }, { "own", 2 } } end
  if how == "word" then status["$status"] = "word" end
  if how == "hides" then status.data, status.postponed, status.timeouts = "hidden", {}, "some" end
  return status
end

for _, how in ipairs { "raises", "list", "word", "plain", "hides" } do
  local pid = GenStateMachine.start(Shown, how)
  GenStateMachine.cast(pid, 1)
  local status = sys.get_status(pid)
  oracle.show("module", { status[3][2], status[4][2] })
  for i, pair in ipairs(status[4][5][2][2]) do
    if i > 2 then oracle.show(pair[1], pair[2]) end
  end
  local own = { table.unpack(status[4][5], 3) }
  for i, each in ipairs(own) do
    if each[1] == "data" then own[i] = { "data", { "State", each[2][1][2] } } end
  end
  oracle.show("own", own)
end
