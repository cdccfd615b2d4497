-- A clear error where a process cannot wait.
-- The message of an error without its position.
local function brief(ok, text, ...) return ok, (tostring(text):gsub("^.*:%d+: ", "")), ... end
print(brief(pcall(table.sort, { 3, 2, 1 }, function(a, b) receive() return a < b end)))
-- expect: false	receive cannot wait here: inside a function called by table.sort, string.gsub, a guard or a metamethod, a process cannot be interrupted
print(brief(pcall(string.gsub, "abc", ".", function() Process.sleep(1) end)))
-- expect: false	Process.sleep cannot wait here: inside a function called by table.sort, string.gsub, a guard or a metamethod, a process cannot be interrupted
local sleepy = coroutine.wrap(function() Process.sleep(1) end)
print(brief(pcall(table.sort, { 3, 2, 1 }, function(a, b) sleepy() return a < b end)))
-- expect: false	Process.sleep cannot wait here: inside a function called by table.sort, string.gsub, a guard or a metamethod, a process cannot be interrupted
-- Metamethods written in Lua may wait.
local t = setmetatable({}, { __index = function(_, k) Process.sleep(1) return k .. "!" end })
print(t.slow) -- expect: slow!
for i in (function() local n = 0 return function() Process.sleep(1) n = n + 1 return n < 3 and n or nil end end)() do print(i) end
-- expect: 1
-- expect: 2
