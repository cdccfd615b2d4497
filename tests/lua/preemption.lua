-- A process that computes without end stops nobody.
-- The message of an error without its position.
local function brief(ok, text, ...) return ok, (tostring(text):gsub("^%S+:%d+: ", "")), ... end
local me = self()
local function spin() while true do end end
local busy = {}
for i = 1, 3 do busy[i] = spawn(spin) end
for i = 1, 20 do Process.sleep(1) end
for i = 1, 3 do Process.exit(busy[i], "kill") end
print(Process.alive(busy[1]), #Process.list()) -- expect: false	3
-- Nor does one that computes inside of a coroutine of its own.
local co = coroutine.wrap(function()
  local n = 0
  for i = 1, 10000000 do n = n + 1 end
  return n
end)
local other = spawn(function() Process.sleep(1) send(me, "meanwhile") end)
print(co()) -- expect: 10000000
print(receive()) -- expect: meanwhile
-- Where a process cannot be interrupted, it is told after a while.
print(brief(pcall(table.sort, { 3, 2, 1 }, function() while true do end end)))
-- expect: false	this ran for a second where it cannot be interrupted (in a function called by table.sort, string.gsub or a metamethod)
