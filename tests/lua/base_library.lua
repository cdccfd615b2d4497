-- What differs from plain Lua.
local function list(...)
  local text = {}
  for k, v in ... do text[#text + 1] = tostring(k) .. "=" .. v end
  return table.concat(text, " ")
end
print(list(pairs({ b = 1, a = 2, 10, 20, [1.5] = 3, [true] = 4 }))) -- expect: 1=10 1.5=3 2=20 a=2 b=1 true=4
local t = { b = 1, a = 2, c = 3 }
print(list(next, t)) -- expect: a=2 b=1 c=3
print(next({}), next({ 5 }), next({ b = 1, a = 2 })) -- expect: nil	1	a	2
print(pcall(next, {}, "x")) -- expect: false	invalid key to 'next'
print(list(pairs({ 3, 2, nil, 1 }))) -- expect: 1=3 2=2 4=1
local going = { 1, 2, 3, 4 }
for k in pairs(going) do going[k] = nil end
print(next(going)) -- expect: nil
print(list(pairs(setmetatable({}, { __pairs = function() return ipairs({ "x" }) end })))) -- expect: 1=x
print(load(string.dump(function() end))) -- expect: nil	binary chunks are not loaded
print(load("return ...", "chunk", "t", {})(7), load("x = ", "=chunk"))
-- expect: 7	nil	chunk:1: unexpected symbol near <eof>
print(debug.sethook, debug.getregistry, type(debug.traceback())) -- expect: nil	nil	string
print(tostring(_), self() < spawn(function() end), make_ref() ~= make_ref(), "pid " .. self())
-- expect: _	true	true	pid #PID<0.100.0>
print(os.time{ year = 2024, month = 1, day = 1, hour = 12 } - os.time{ year = 2024, month = 1, day = 1, hour = 11 })
-- expect: 3600
print(collectgarbage("count") > 0, collectgarbage("stop"), collectgarbage()) -- expect: true	0	0
math.randomseed(42)
local a = math.random(1000)
math.randomseed(42)
print(a == math.random(1000), math.random(1, 1), math.random() < 1, pcall(math.random, 2, 1))
-- expect: true	1	true	false	bad argument #2 to 'math.random' (n: an integer that is not less than the other end expected, got 1)
-- expect: a1
io.stdout:write("a", 1, "\n")
print(pcall(setmetatable, _G, {})) -- expect: false	cannot change a protected metatable
