-- args: --virtual
-- Thousands of entries come and go; what is left can be found.
Registry.start_link { keys = "unique", name = "Unique" }
Registry.start_link { keys = "duplicate", name = "Topics" }
local pids = {}
for i = 1, 2000 do
  pids[i] = spawn(function()
    Registry.register("Unique", i, { i })
    Registry.register("Topics", "all", i)
    Registry.register("Topics", i % 10, i)
    receive()
  end)
end
Process.sleep(1)
print(Registry.count("Unique"), Registry.count("Topics"))  -- expect: 2000	4000
print(#Registry.lookup("Topics", "all"))                   -- expect: 2000
print(#Registry.lookup("Topics", 3))                       -- expect: 200
print(Registry.lookup("Unique", 77)[1][1] == pids[77])     -- expect: true
for i = 1, 2000, 2 do Process.exit(pids[i], "kill") end
print(Registry.count("Unique"), Registry.count("Topics"))  -- expect: 1000	2000
Process.sleep(1)
print(Registry.count("Unique"), Registry.count("Topics"))  -- expect: 1000	2000
print(#Registry.lookup("Topics", 3))                       -- expect: 0
print(#Registry.lookup("Topics", 4))                       -- expect: 200
local last = Registry.lookup("Topics", "all")
print(last[1][2], last[1000][2])                           -- expect: 2	2000
