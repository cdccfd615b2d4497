local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Stubborn = GenServer.module "Stubborn"
function Stubborn.init(how) return "ok", how end

function Stubborn.terminate(reason, how)
  if how == "exit" then exit("other") end
  error("boom")
end

for i, how in ipairs { "exit", "raise" } do
  local pid = GenServer.start(Stubborn, how)
  oracle.show_reason("caught", oracle.caught(function() return GenServer.stop(pid) end))
end
