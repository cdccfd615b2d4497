local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Mortal = GenServer.module "Mortal"
function Mortal.init() return "ok", 0 end
function Mortal.handle_call.stop(n, from, reason) return "stop", reason, n end
function Mortal.handle_call.exit(n, from, reason) exit(reason) end
function Mortal.handle_call.raise(n, from) error("boom") end
function Mortal.handle_call.kill(n, from) Process.exit(self(), "kill") end

local requests = {
  { "stop", "normal" }, { "stop", "shutdown" }, { "stop", "boom" }, { "exit", "normal" }, { "exit", "left" }, "raise", "kill",
}

for i, request in ipairs(requests) do
  local pid = GenServer.start(Mortal, nil)
  oracle.show_reason("caught", oracle.caught(function() return GenServer.call(pid, request) end))
end

oracle.show_mailbox("mailbox")
