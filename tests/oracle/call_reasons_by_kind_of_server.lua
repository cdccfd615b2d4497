local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Mute = GenServer.module "Mute"
function Mute.init() return "ok", nil end
function Mute.handle_call.mute(state) return "noreply", state end

local function call(...)
  local arguments = table.pack(...)
  return oracle.caught(function() return GenServer.call(table.unpack(arguments, 1, arguments.n)) end)
end
local pid = GenServer.start(Mute)
oracle.show("timeout", call(pid, "mute", 1))
oracle.show("timeout of zero", call(pid, "mute", 0))
oracle.show("unknown name", call("nobody", "x", "infinity"))
Process.register(self(), "main")
oracle.show("oneself by name", call("main", "x"))
oracle.show("oneself by name and node", call({ "main", "nonode@nohost" }, "x"))
Registry.start_link { keys = "unique", name = "R" }
oracle.show("nobody in a registry", call({ "via", Registry, { "R", "a" } }, "x"))
Registry.register("R", "me", nil)
oracle.show("oneself in a registry", call({ "via", Registry, { "R", "me" } }, "x", 10))
oracle.show("stop of oneself", oracle.caught(function() return GenServer.stop(self()) end))
oracle.show_mailbox("rest")
