dofile((arg[0]:gsub("[^/]*$", "bench.lua")))

function answer()
  while true do send(receive(), "pong") end
end

local function ask(pid, n)
  local me = self()
  for _ = 1, n do
    send(pid, me)
    receive()
  end
end

function answer_tuple()
  while true do
    local ping = receive()
    send(ping[2], { "pong", ping[3] })
  end
end

local function ask_tuple(pid, n)
  local me = self()
  for i = 1, n do
    send(pid, { "ping", me, i })
    receive()
  end
end

function answer_clauses()
  local clauses = { { { "ping", _, _ }, function(from, n) send(from, { "pong", n }) end } }
  while true do receive(clauses) end
end

local function ask_clauses(pid, n)
  local me = self()
  local clauses = { { { "pong", _ }, function(n) return n end } }
  for i = 1, n do
    send(pid, { "ping", me, i })
    receive(clauses)
  end
end

local n = tonumber(...)
measure("ping_pong", 2 * n, "ns", time, ask, spawn(answer), n)
measure("ping_pong_tuple", 2 * n, "ns", time, ask_tuple, spawn(answer_tuple), n)
measure("ping_pong_clauses", 2 * n, "ns", time, ask_clauses, spawn(answer_clauses), n)
