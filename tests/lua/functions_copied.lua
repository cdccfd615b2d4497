-- A function travels with a copy of what it captured.
local me = self()
local function copy(v) send(me, v) return receive() end
local n = 0
local function inc() n = n + 1 return n end
local function get() return n end
-- Two functions that share a variable share its copy.
local a = copy({ inc = inc, get = get })
a.inc()
a.inc()
print(a.get(), n) -- expect: 2	0
-- Functions that call themselves or each other keep doing so.
local function factorial(k) if k < 2 then return 1 end return k * factorial(k - 1) end
print(copy(factorial)(10), copy(factorial) == factorial) -- expect: 3628800	false
local even, odd
function even(k) if k == 0 then return true end return odd(k - 1) end
function odd(k) if k == 0 then return false end return even(k - 1) end
print(copy(even)(10), copy({ odd, even })[1](7)) -- expect: true	true
-- What captured nothing is shared as it is.
local plain = function() return 1 end
print(copy(plain) == plain, copy(print) == print) -- expect: true	true
local list = { 1, 2 }
local push = copy(function() list[#list + 1] = 3 return #list end)
print(push(), push(), #list) -- expect: 3	4	2
-- As many variables as Lua allows.
local lines = {}
for i = 1, 100 do lines[i] = "local v" .. i .. " = " .. i end
lines[101] = "return function() return v1"
for i = 2, 100 do lines[101] = lines[101] .. " + v" .. i end
print(copy(load(table.concat(lines, "\n") .. " end")())()) -- expect: 5050
-- The same place, other code.
local f, g = function() return n end, function() return n + 100 end
print(copy(f)(), copy(g)()) -- expect: 0	100
print(inspect(copy(f)):match("^#Function<.*functions_copied.lua:%d+>$") ~= nil) -- expect: true
print(inspect({ self, Process.alive })) -- expect: { #Function<self>, #Function<Process.alive> }
-- A process runs a copy.
local count = 1
local pid, ref = spawn_monitor(function() count = count + 1 send(me, count) end)
print(receive(), count) -- expect: 2	1
local t = { 1 }
spawn(function(arg) arg[1] = 5 t[1] = arg[1] send(me, t) end, t)
receive { { { "DOWN", any, any, any, any }, function() end } }
print(receive()[1], t[1]) -- expect: 5	1
