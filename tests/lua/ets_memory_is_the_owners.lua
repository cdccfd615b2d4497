-- What is in a table counts in its owner's memory; an owner that fills one without end dies of it alone.
local before = Process.info(self(), "memory")
local t = ETS.new("t", { "public" })
for i = 1, 10000 do ETS.insert(t, { i, i }) end
local grown = Process.info(self(), "memory") - before
print(grown > 800000, ETS.info(t, "memory") * 8 < grown + 1000) -- expect: true	true
ETS.delete(t)
collectgarbage()
print(Process.info(self(), "memory") - before < 500000) -- expect: true

local owner, ref = spawn_monitor(function()
  local text = string.rep("x", 1000000)
  local mine, i = ETS.new("mine", { "named_table" }), 0
  while true do
    i = i + 1
    ETS.insert(mine, { i, text })
  end
end)
print(receive { { { "DOWN", ref, any, any, any }, function(_, _, reason) return reason end } }) -- expect: out_of_memory
print(ETS.whereis("mine"), Process.alive(self())) -- expect: undefined	true
-- expect error: Process #PID<0.101.0> was ended: it held more memory than a process may

-- So does one whose public table others fill.
owner = spawn(function() ETS.new("open", { "named_table", "public" }) receive() end)
ref = Process.monitor(owner)
Process.sleep(1)
local text, i = string.rep("x", 1000000), 0
while Process.alive(owner) and ETS.whereis("open") ~= "undefined" and i < 1000 do
  i = i + 1
  pcall(ETS.insert, "open", { i, text })
  if i % 50 == 0 then Process.sleep(0) end
end
print(receive { { { "DOWN", ref, any, any, any }, function(_, _, reason) return reason end } }) -- expect: out_of_memory
-- expect error: it held more memory than a process may
