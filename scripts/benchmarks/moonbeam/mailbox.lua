dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

local junk = 10000

local function fill()
  for i = 1, junk do send(self(), { "junk", i }) end
end

local function select_last(n)
  local clauses = { { { "want", _ }, function(i) return i end } }
  for i = 1, n do
    send(self(), { "want", i })
    receive(clauses)
  end
end

local function call(server, n)
  for _ = 1, n do GenServer.call(server, "inc") end
end

local n = tonumber(...)
fill()
measure("receive_last", n, "us", time, select_last, n)
measure("call_full_mailbox", 100 * n, "ns", time, call, GenServer.start(Counter, 0), 100 * n)
