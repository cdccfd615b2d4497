-- args: --virtual --seed 1
-- Under the virtual clock a slice is an exact number of instructions.
local me = self()
local function work(name)
  return spawn(function() local n = 0 for i = 1, 30000 do n = n + i % 7 end send(me, { name, n }) end)
end
local names = {}
for i = 1, 5 do work(i) end
for i = 1, 5 do names[i] = receive()[1] end
print(table.concat(names, " "), os.clock() < 1) -- expect: 1 2 3 4 5	true
local endless = spawn(function() while true do end end)
Process.sleep(30)
Process.exit(endless, "kill")
print(math.floor(os.clock() * 1000) >= 30, Process.alive(endless)) -- expect: true	false
print(os.date("%Y-%m-%d %H:%M"), os.time()) -- expect: 2024-01-01 00:00	1704067200
print(math.random(1000), math.random(1000), math.random(1000)) -- expect: 387	793	840
