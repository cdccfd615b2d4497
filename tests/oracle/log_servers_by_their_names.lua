local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Named = GenServer.module "Named"
function Named.init(state) return "ok", state end
function Named.handle_call.crash() exit("boom") end
function Named.handle_cast.stop(state) return "stop", { "bad", "reason" }, state end

oracle.log_to_stderr()
Registry.start_link { keys = "unique", name = "r" }
local pid = GenServer.start(Named, {}, { name = { "via", Registry, { "r", "key" } } })
GenServer.cast(pid, "stop")
oracle.flush_log_of(pid)
pid = GenServer.start(Named, { a = 1 }, { name = "Named" })
oracle.caught(function() GenServer.call("Named", "crash") end)
oracle.flush_log_of(pid)
pid = GenServer.start(Named, nil)
oracle.caught(function() GenServer.stop(pid, "oops") end)
oracle.flush_log()
pid = GenServer.start(Named, nil)
GenServer.stop(pid, { "shutdown", "fine" })
oracle.flush_log()
