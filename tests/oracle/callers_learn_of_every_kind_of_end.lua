local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Mortal = GenServer.module "Mortal"
function Mortal.init() return "ok", nil end
function Mortal.handle_call.exit(state, from, reason) exit(reason) end
function Mortal.handle_call.stop(state, from, reason) return "stop", reason, state end
function Mortal.handle_call.kill() Process.exit(self(), "kill") end
function Mortal.handle_call.shot() Process.exit(self(), "shot") end
function Mortal.handle_call.nonsense() return "nonsense" end

function Mortal.handle_call.linked()
  spawn_link(function() exit("of_another") end)
  Process.sleep("infinity")
end

local requests = {
  { "exit", "normal" }, { "exit", "shutdown" }, { "exit", { "shutdown", 1 } }, { "exit", "bad" },
  { "stop", "normal" }, { "stop", "shutdown" }, { "stop", "bad" }, "kill", "shot", "nonsense", "linked",
}

for _, request in ipairs(requests) do
  local pid = GenServer.start(Mortal, nil)
  local caught = oracle.caught(function() GenServer.call(pid, request) end)
  local reason, where = caught[2][1], caught[2][2]
  oracle.show("exit", { reason, where[1], where[2], equal(where[3][2], request) })
end

oracle.show_mailbox("mailbox")
