local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()
local stream, a, b, close = Task.async_stream((function()
  local list = {}
  for n = 1, 100 do list[n] = n end
  return list
end)(), function(n) send(main, { "ran", n }) return n end, { max_concurrency = 2 })
oracle.settle()
oracle.show_mailbox("before")
for status, value in stream, a, b, close do
  oracle.show("first", { { status, value } })
  break
end
oracle.settle()
oracle.show("few", #Process.info(self(), "messages") <= 3)
