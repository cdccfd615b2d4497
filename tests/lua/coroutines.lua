-- receive and sleep within a coroutine block the whole process.
-- The message of an error without its position.
local function brief(ok, text, ...) return ok, (tostring(text):gsub("^%S+:%d+: ", "")), ... end
local me = self()
local co = coroutine.wrap(function() coroutine.yield("yielded") return receive() end)
spawn(function() Process.sleep(2) send(me, "late") end)
print(co()) -- expect: yielded
print(co()) -- expect: late
local outer = coroutine.create(function()
  local inner = coroutine.wrap(function() while true do coroutine.yield(receive()) end end)
  while true do coroutine.yield("got " .. tostring(inner())) end
end)
spawn(function() Process.sleep(2) send(me, 1) Process.sleep(2) send(me, 2) end)
print(coroutine.resume(outer)) -- expect: true	got 1
print(coroutine.resume(outer)) -- expect: true	got 2
print(coroutine.status(outer), coroutine.close(outer), coroutine.status(outer)) -- expect: suspended	true	dead
print(brief(pcall(coroutine.wrap(function() error("oops") end)))) -- expect: false	oops
print(coroutine.resume(coroutine.create(function(...) return select("#", ...), ... end), 1, nil)) -- expect: true	2	1	nil
print(coroutine.isyieldable(), select(2, coroutine.running())) -- expect: false	true
print(brief(pcall(coroutine.yield, 1))) -- expect: false	attempt to yield from outside a coroutine
print(coroutine.resume((coroutine.running())))
-- expect: false	a process runs on this coroutine; it cannot be resumed by hand
print(coroutine.resume(coroutine.create(function() Process.sleep(1) return pcall(error, "x") end)))
-- expect: true	false	x
