-- args: --virtual
-- The briefing's claim of linear growth, measured: what a server costs when there are a thousand of them
-- and when there are a hundred thousand (or as many as are asked for), and whether each still answers.
--
--     moonbeam briefing_cost.lua [HOW MANY]          a million takes a few seconds

local MOST = tonumber((...)) or 100000

Counter = GenServer.module "Counter"
function Counter.init(n) return "ok", n end
function Counter.handle_call.add(n) return "reply", n + 1, n + 1 end

local function bytes()
  collectgarbage() collectgarbage()
  return erlang.memory("total")
end

local function report(count)
  local before = bytes()
  local pids = {}
  for i = 1, count do pids[i] = GenServer.start(Counter, i) end
  local list = count * 16 -- what this program's own list of them takes
  local each = (bytes() - before - list) / count
  local answered = 0
  for i = 1, count do
    if GenServer.call(pids[i], "add") == i + 1 then answered = answered + 1 end
  end
  for i = 1, count do GenServer.stop(pids[i]) end
  print(string.format("%8d servers: below 400 bytes each: %s, answered: %s", count, each < 400,
    answered == count))
  return each
end

local count, first, last = 1000, nil, nil
while count <= MOST do
  last = report(count)
  first = first or last
  count = count * 10
end
-- expect:     1000 servers: below 400 bytes each: true, answered: true
-- expect:    10000 servers: below 400 bytes each: true, answered: true
-- expect:   100000 servers: below 400 bytes each: true, answered: true
print("the last cost what the first did: " .. tostring(math.abs(last - first) < 0.2 * first))
-- expect: the last cost what the first did: true
