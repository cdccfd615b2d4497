local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

App = Supervisor.module "App"
function App.init(told)
  local answer = Agent.get(told, function(answer) return answer end)
  return Supervisor.init(answer[2], answer[1])
end

oracle.trap_exit()
local changes = { { "never", "any_significant" }, { "any_significant", "never" }, { "any_significant", "all_significant" } }

local function specs(auto, significant)
  local function child(id) return oracle.worker(id, { restart = "transient", significant = significant }) end
  return { { strategy = "one_for_one", max_restarts = 2, auto_shutdown = auto }, { child("a"), child("b") } }
end

for i, change in ipairs(changes) do
  for j, significant in ipairs { true, false } do
    local from, to = change[1], change[2]
    local before, later = specs(from, from ~= "never"), specs(to, significant)
    local told = Agent.start_link(function() return before end)
    local sup = Supervisor.start_link(App, told)
    oracle.show_messages("start", 2)
    Agent.update(told, function() return later end)
    sys.suspend(sup)
    local done, why = sys.change_code(sup, App, nil, nil)
    sys.resume(sup)
    oracle.show("from " .. from .. " to " .. to, { significant, done == true })
    if not done then oracle.show("refused", why[1]) end
    GenServer.cast("a", { "stop", "normal" })
    oracle.settle()
    oracle.show("alive", Process.alive(sup))
    if Process.alive(sup) then GenServer.cast("b", { "stop", "normal" }) end
    oracle.settle()
    oracle.show("alive", Process.alive(sup))
    if Process.alive(sup) then Supervisor.stop(sup) end
    oracle.show_mailbox("message")
  end
end
