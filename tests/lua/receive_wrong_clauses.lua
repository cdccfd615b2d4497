-- Mistakes in the clauses of receive.
-- The message of an error without its position.
local function brief(ok, text, ...) return ok, (tostring(text):gsub("^%S+:%d+: ", "")), ... end
local me = self()
print(brief(pcall(receive, { 5 }))) -- expect: false	bad argument #1 to 'receive' (clauses[1]: { pattern, function } expected, got 5)
print(brief(pcall(receive, { { _, 5 } }))) -- expect: false	bad argument #1 to 'receive' (clauses[1][2]: a function expected, got 5)
print(brief(pcall(receive, { after = "x" }))) -- expect: false	receive: after = { milliseconds, function }
print(brief(pcall(receive, 5))) -- expect: false	bad argument #1 to 'receive' (clauses: { { pattern, function }, …, after = { milliseconds, function } } expected, got 5)
local p = {}
p[1] = p
print(brief(pcall(receive, { { p } }))) -- expect: false	a pattern is nested too deep, or contains itself
print(brief(pcall(receive, { { { coroutine.create(print) } } })))
-- expect: false	pattern: a coroutine cannot be sent to another process
send(me, { 1 })
print(brief(pcall(receive, { { { function() error("guard") end } } }))) -- expect: false	guard
print(brief(pcall(receive, { { { function() return receive { after = { 0 } } end } } })))
-- expect: false	receive cannot be called by a guard
print(brief(pcall(receive, { { { function() Process.sleep(1) end } } })))
-- expect: false	Process.sleep cannot wait here: inside a function called by table.sort, string.gsub, a guard or a metamethod, a process cannot be interrupted
-- The message is still there.
print(inspect(receive())) -- expect: { 1 }
