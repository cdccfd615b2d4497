-- What cannot travel is refused, with an error that says what and where.
-- The message of an error without its position.
local function brief(ok, text, ...) return ok, (tostring(text):gsub("^%S+:%d+: ", "")), ... end
local me = self()
local co = coroutine.create(function() end)
local circle = { a = {} }
circle.a.b = circle
print(brief(pcall(send, me, { 1, { conn = co } })))
-- expect: false	message[2].conn: a coroutine cannot be sent to another process
print(brief(pcall(send, me, co))) -- expect: false	message: a coroutine cannot be sent to another process
print(brief(pcall(send, me, io.stderr))) -- expect: false	message: a userdata cannot be sent to another process
print(brief(pcall(send, me, circle)))
-- expect: false	message.a.b: a table that contains itself cannot be sent to another process
print(brief(pcall(send, me, { x = { "a", circle } })))
-- expect: false	message.x[2].a.b: a table that contains itself cannot be sent to another process
print(brief(pcall(send, me, { ["a b"] = co, })))
-- expect: false	message["a b"]: a coroutine cannot be sent to another process
print(brief(pcall(send, me, { [1.5] = co })))
-- expect: false	message[1.5]: a coroutine cannot be sent to another process
print(brief(pcall(send, me, { [{}] = co })))
-- expect: false	message[a table]: a coroutine cannot be sent to another process
local array = {}
for i = 1, 100 do array[i] = i end
array[50] = co
print(brief(pcall(send, me, array))) -- expect: false	message[50]: a coroutine cannot be sent to another process
print((select(2, pcall(send, me, function() return co end)):gsub("at .-:%d+", "at …")))
-- expect: co of the function at …: a coroutine cannot be sent to another process
print(brief(pcall(spawn, print, 1, { co })))
-- expect: false	argument 2[1]: a coroutine cannot be sent to another process
print((select(2, pcall(exit, co)):gsub("0x%x+", "0x…")))
-- expect: bad argument #1 to 'exit' (reason: a value that can be sent expected, got #Thread<0x…>)
-- Nothing of it has arrived.
print(Process.info(me, "message_queue_len")) -- expect: 0
local deep = {}
local d = deep
for i = 1, 5000 do d[1] = {} d = d[1] end
print(select(2, pcall(send, me, deep)):match("tables nested .*")) -- expect: tables nested more than 1500 deep
