local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Size = Protocol.define("Size", { "size" })

Server = GenServer.module "Server"
function Server.init(state) return "ok", state end
function Server.handle_cast.size(state) return "noreply", Size.size(state) end

oracle.log_to_stderr()
local pid = GenServer.start(Server, 12)
GenServer.cast(pid, "size")
oracle.flush_log_of(pid)
local other, ref = spawn_monitor(function() Size.size(1.5) end)
local err = receive { { { "DOWN", ref, _, _, _ }, function(_, _, reason) return reason[1] end } }
oracle.show("fields", { err.protocol, err.value, err.description })
oracle.show("words", tostring(err))
oracle.flush_log()
