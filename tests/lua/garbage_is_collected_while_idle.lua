-- Nobody runs for a while: garbage goes by itself.
local garbage = {}
for i = 1, 50000 do garbage[i] = { i } end
local before = erlang.memory("lua")
garbage = nil
Process.sleep(500)
print(erlang.memory("lua") < before // 2)                             -- expect: true
print(erlang.system_info("longest_idle_collection") > 0)              -- expect: true
