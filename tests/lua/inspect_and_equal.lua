-- The printed form of values, and equality by value.
print(inspect({ "get", 1 }), inspect({ a = 1, b = { 2 } }), inspect("a\n\"b\""), inspect(nil), inspect(1.0))
-- expect: { "get", 1 }	{ a = 1, b = { 2 } }	"a\n\"b\""	nil	1.0
print(inspect({ a = { b = { c = 1 } } }, { depth = 1 }), inspect({ 1, 2, 3, 4 }, { limit = 2 }))
-- expect: { a = {...} }	{ 1, 2, ... }
local big = {}
for i = 1, 100000 do big["k" .. i] = i end
print(inspect(big):match("k1 = .*k100 = 100,") ~= nil, #inspect(big) < 2000) -- expect: true	true
local c = {}
c[1] = c
print(inspect(c)) -- expect: { #Cycle<> }
print(inspect(coroutine.create(print)):match("^#Thread<") ~= nil, inspect(io.stderr):match("^#Userdata<FILE") ~= nil)
-- expect: true	true
print(inspect({ self(), send })) -- expect: { #PID<0.100.0>, #Function<send> }
print(equal({ 1, { a = 2 } }, { 1, { a = 2 } }), equal({ 1 }, { 1, 2 }), equal(1, 1.0), equal({}, 1))
-- expect: true	false	true	false
print(equal({ a = 1 }, { b = 1 }), equal("a", "a"), equal(self(), self())) -- expect: false	true	true

-- Long strings are cut as Elixir cuts them, each for itself.
local long = inspect(("x"):rep(5000))
print(#long, long:sub(-10)) -- expect: 4105	xx" .. ...
print(#inspect(("x"):rep(4096)), #inspect({ ("x"):rep(4000), ("x"):rep(4000) })) -- expect: 4098	8014
print(inspect({ "hello", "abc" }, { printable_limit = 3 })) -- expect: { "hel" .. ..., "abc" }
print(#inspect(("é"):rep(5000)), #inspect(("x"):rep(5000), { printable_limit = "infinity" })) -- expect: 8201	5002
print(pcall(inspect, 1, { width = "wide" }))
-- expect: false	bad argument #2 to 'inspect' (option width: a natural number or "infinity" expected, got "wide")
-- A second value is most likely the reason of a function that failed.
print(inspect((function() return nil, { reason = "timeout" } end)())) -- expect: nil
