local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Mirror = GenServer.module "Mirror"
function Mirror.init() return "ok", 0 end

function Mirror.handle_call.look(n, from)
  local ok, err = pcall(GenServer.call, self(), "look")
  return "reply", { err.kind, err.reason }, n
end

local mirror = GenServer.start_link(Mirror, nil)
oracle.show_reason("pid", GenServer.call(mirror, "look"))
oracle.show_reason("by the main process", oracle.caught(function() return GenServer.call(self(), "look") end))
