-- A hundred processes move money between accounts over two connections to one file, 10,000 times,
-- while processes are killed at random, some of them where money is between two accounts. Each tells
-- its intent first and a success afterwards: what was confirmed is there, what was neither confirmed
-- nor cut short is not, and no money is lost.
local PROCESSES, TRANSFERS, ACCOUNTS, MONEY = 100, 10000, 10, 1000
local path = os.tmpname()
local me = self()

local function connect()
  return assert(Database.connect{ path = path, synchronous = "off" })
end

local conns = { connect(), connect() }
local conn = conns[1]
conn:execute("create table accounts (id integer primary key, balance integer check (balance >= 0))")
conn:execute("create table transfers (id integer primary key, a integer, b integer, amount integer)")
for id = 1, ACCOUNTS do conn:execute("insert into accounts values (?, ?)", id, MONEY) end

-- Every tenth transfer fails in its middle and is undone.
local function transfer(conn, id, a, b, amount)
  return conn:transaction(function()
    assert(conn:execute("update accounts set balance = balance - ? where id = ?", amount, a))
    if id % 10 == 0 then conn:rollback("changed my mind") end
    if id % 31 == 0 then send(me, { "between", self() }) end
    assert(conn:execute("update accounts set balance = balance + ? where id = ?", amount, b))
    assert(conn:execute("insert into transfers values (?, ?, ?, ?)", id, a, b, amount))
    return id
  end)
end

local function work(conn, ids)
  for _, id in ipairs(ids) do
    local a, b = math.random(ACCOUNTS), math.random(ACCOUNTS)
    send(me, { "intent", self(), id })
    local ok, done = pcall(transfer, conn, id, a, b, math.random(20))
    send(me, { ok and done == id and "confirmed" or "undone", self(), id })
  end
end

-- A process that is killed is replaced by one that does the rest.
local todo, working, intents = {}, {}, {}
local confirmed, undone, open = {}, 0, {}
local function start(ids)
  local pid = spawn_monitor(work, conns[#ids % 2 + 1], ids)
  todo[pid], working[#working + 1] = ids, pid
end
for p = 1, PROCESSES do
  local ids = {}
  for i = 1, TRANSFERS // PROCESSES do ids[i] = (p - 1) * (TRANSFERS // PROCESSES) + i end
  start(ids)
end

local left, kills = PROCESSES, 0
local function kill(pid)
  kills = kills + 1
  Process.exit(pid, "kill")
end
local function finish(pid, killed)
  for i, other in ipairs(working) do
    if other == pid then working[i] = working[#working] working[#working] = nil break end
  end
  local rest = {}
  for _, id in ipairs(todo[pid]) do if not intents[id] then rest[#rest + 1] = id end end
  todo[pid] = nil
  if killed and #rest > 0 then start(rest) else left = left - 1 end
end
while left > 0 do
  receive {
    { { "intent", any, any }, function(pid, id) intents[id] = true open[id] = true end },
    { { "confirmed", any, any }, function(_, id) confirmed[id] = true open[id] = nil end },
    { { "undone", any, any }, function(_, id) undone = undone + 1 open[id] = nil end },
    { { "between", any }, function(pid) kill(pid) end },
    { { "DOWN", any, any, any, any }, function(_, _, pid, reason)
      finish(pid, reason == "killed")
    end },
  }
  if math.random(50) == 1 and #working > 0 then kill(working[math.random(#working)]) end
end
for _, conn in ipairs(conns) do conn:close() end

local conn = connect()
local found, lost, invented, either = 0, 0, 0, 0
for _, row in ipairs(conn:query("select id from transfers")) do
  found = found + 1
  if open[row.id] then either = either + 1
  elseif not confirmed[row.id] then invented = invented + 1 end
  confirmed[row.id] = nil
end
for id in pairs(confirmed) do lost = lost + 1 end

local begun = 0
for _ in pairs(intents) do begun = begun + 1 end
print("transactions", begun)                                     -- expect: transactions	10000
print("killed some", kills > 100)                                -- expect: killed some	true
print("undone some", undone > 500)                               -- expect: undone some	true
print("most were confirmed", found > 8000)                       -- expect: most were confirmed	true
print("lost", lost, "invented", invented)                        -- expect: lost	0	invented	0
local money = conn:query("select sum(balance) as sum from accounts")[1].sum
print("money", money)                                            -- expect: money	10000

-- The accounts are what the transfers that are there make of them.
local differ = conn:query([[
  select count(*) as n from accounts where balance <> ? +
    (select coalesce(sum(amount), 0) from transfers where b = accounts.id) -
    (select coalesce(sum(amount), 0) from transfers where a = accounts.id)]], MONEY)[1].n
print("accounts that differ", differ)                            -- expect: accounts that differ	0
conn:close()
for _, tail in ipairs { "", "-wal", "-shm" } do os.remove(path .. tail) end
