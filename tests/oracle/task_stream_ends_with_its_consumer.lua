local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local owner = spawn(function()
  local function fn(n) send(main, { "task", self(), n }) Process.sleep("infinity") end
  for _ in Task.async_stream({ 1, 2 }, fn, { timeout = "infinity" }) do end
end)

local refs = {}
for n = 1, 2 do refs[n] = receive { { { "task", any, n }, function(pid) return Process.monitor(pid) end } } end
Process.exit(owner, "stop")
for _, ref in ipairs(refs) do oracle.show_reason("down", oracle.down(ref)) end
