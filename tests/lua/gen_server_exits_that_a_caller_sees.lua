-- args: --virtual
Logger.configure { level = "none" }

Moody = GenServer.module "Moody"
function Moody.init() return "ok", 0 end
function Moody.handle_call.exit(n, from, reason) exit(reason) end
function Moody.handle_call.raise(n, from) error("boom") end
function Moody.handle_call.sleep(n, from, ms) Process.sleep(ms) return "reply", "late", n end
function Moody.handle_call.ask(n, from, whom) return "reply", GenServer.call(whom, "x"), n end

local function caught(...)
  local ok, err = pcall(GenServer.call, ...)
  print(ok, type(err), err.kind)
  return err
end
local function moody() return GenServer.start(Moody) end

local err = caught("nobody", { "get", 1 })         -- expect: false	table	exit
print(inspect(err.reason))                         -- expect: { "noproc", { "GenServer", "call", { "nobody", { "get", 1 }, 5000 } } }
print(tostring(err))
-- expect: ** (exit) exited in: GenServer.call("nobody", { "get", 1 }, 5000)
-- expect:     ** (EXIT) no process: the process is not alive or there's no process currently associated with the given name, possibly because its application isn't started

err = caught(moody(), { "sleep", 50 }, 10)         -- expect: false	table	exit
print(err.reason[1], err.reason[2][3][3])          -- expect: timeout	10

err = caught(moody(), { "exit", "bye" }, "infinity") -- expect: false	table	exit
print(err.reason[1], err.reason[2][3][3])          -- expect: bye	infinity

err = caught(self(), "x")                          -- expect: false	table	exit
print(err.reason[1])                               -- expect: calling_self

err = caught(moody(), "raise")                     -- expect: false	table	exit
print((err.reason[1][1]:gsub("^.*: ", "")))        -- expect: boom
print(type(err.reason[1][2]))                      -- expect: table

-- an exit within an exit
err = caught(moody(), { "ask", "nobody" })         -- expect: false	table	exit
print(inspect(err.reason[1]))                      -- expect: { "noproc", { "GenServer", "call", { "nobody", "x", 5000 } } }

-- The late answer is dropped.
Process.sleep(100)
print(Process.info(self(), "message_queue_len"))   -- expect: 0
