-- Links, monitors, exit signals.
-- The message of an error without its position.
local function brief(ok, text, ...) return ok, (tostring(text):gsub("^%S+:%d+: ", "")), ... end
local me = self()
Process.flag("trap_exit", true)
local p = spawn_link(function() error("linked") end)
-- expect error: ** (RuntimeError) linked
local m = receive() print(m[1], m[2] == p, brief(m[3][1]:match("linked$"), m[3][2][1]:match("in function")))
-- expect: EXIT	true	linked	in function
spawn_link(function() exit("bye") end) print(inspect(receive()[3])) -- expect: "bye"
spawn_link(function() end) print(inspect(receive()[3])) -- expect: "normal"
local dead = spawn(function() end)
Process.sleep(1)
print(Process.link(dead), inspect(receive()[3])) -- expect: true	"noproc"
Process.flag("trap_exit", false) print(brief(pcall(Process.link, dead)))
-- expect: false	bad argument #1 to 'Process.link' (the pid does not refer to an existing process)
local r = Process.monitor(dead) m = receive() print(m[1], m[2] == r, m[3], m[4] == dead, m[5])
-- expect: DOWN	true	process	true	noproc
Process.monitor("nobody") print(inspect(receive()[4])) -- expect: { "nobody", "nonode@nohost" }
print(Process.exit(dead, "x"), Process.alive(dead)) -- expect: true	false
print(brief(pcall(Process.exit, 5, "x"))) -- expect: false	bad argument #1 to 'Process.exit' (pid: a pid expected, got 5)
spawn_monitor(function() Process.exit(self(), "me") print("not reached") end) print(inspect(receive()[5]))
-- expect: "me"
local sleeper = spawn_monitor(function() Process.sleep("infinity") end)
Process.exit(sleeper, "kill") print(receive()[5]) -- expect: killed
local _, ref = spawn_monitor(function() end)
Process.sleep(1) print(Process.demonitor(ref, { "flush" }), Process.info(me, "message_queue_len")) -- expect: true	0
-- pcall stops errors and exits, not signals.
print(brief(pcall(exit, { "a", 1 }))) -- expect: false	** (exit) { "a", 1 }
print(select(2, pcall(exit, "x")).kind, select(2, pcall(exit, "x")).reason) -- expect: exit	x
local _, ref = spawn_monitor(function() pcall(function() Process.exit(self(), "signal") end) end) print(receive()[5])
-- expect: signal
-- An error object dies as it is; what cannot be copied is told as text.
local function reason_of(f) spawn_monitor(f) return receive()[5] end
print(inspect(reason_of(function() error({ code = 7 }) end)[1])) -- expect: { code = 7 }
print(reason_of(function() error(coroutine.create(print)) end)[1]:match("^thread: ") ~= nil) -- expect: true
print(reason_of(function() error() end)[1]) -- expect: nil
-- A pending to-be-closed variable of a killed process is closed.
local closing = spawn(function()
  local x <close> = setmetatable({}, { __close = function() send(me, "closed") end })
  receive()
end)
Process.sleep(1) Process.exit(closing, "kill") print(receive()) -- expect: closed
