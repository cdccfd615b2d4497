local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Odd = GenServer.module "Odd"

function Odd.init(state)
  Logger.metadata { request = "crash" }
  return "ok", state
end

function Odd.handle_cast.stop(state) return "stop", "bad", state end

oracle.log_to_stderr()

Logger.metadata { user = "joe", request = 7 }
Logger.info("shown by nobody")
Logger.configure { metadata = { "request", "user", "more", "other" } }
Logger.info("in the order of the configuration")
Logger.info("with more", { user = "ann", more = true })
Logger.log("error", function() return "by a function" end, { more = 1.5 })
Logger.metadata("request", nil)
Logger.warning("one is gone")
Logger.metadata { user = { 1, 2 }, request = { a = 1 }, more = "a b", other = { 1, 2 } }
Logger.info("only what has a text")
Logger.reset_metadata { other = "atom" }
Logger.info("reset")
oracle.show("metadata", Logger.metadata())
local main = self()

spawn(function()
  Logger.info("somebody else")
  Logger.metadata { user = "else" }
  Logger.info("somebody else")
  send(main, "done")
end)

oracle.show_messages("told", 1)
Task.await(Task.async(function() Logger.info("a task inherits nothing") end))
local pid = GenServer.start(Odd, true)
GenServer.cast(pid, "stop")
oracle.flush_log_of(pid)
Logger.reset_metadata()
Logger.info("nothing left")
Logger.configure { format = "$level $metadata<$message> $node\n" }
Logger.notice("another format", { user = "joe" })
