-- A connection lives as long as the process that made it, or until it is closed.
local path = os.tmpname()
local me = self()
local function show(...) print(inspect({ ... }, { width = 200 })) end
local endless = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"
local function cleanup() for _, tail in ipairs { "", "-wal", "-shm" } do os.remove(path .. tail) end end

-- It travels in messages and is used by many.
local conn = assert(Database.connect{ path = path })
conn:execute("create table t (a)")
local tasks = {}
for i = 1, 20 do
  tasks[i] = Task.async(function() return conn:execute("insert into t values (?)", i) end)
end
Task.await_many(tasks)
show(conn:query("select sum(a) as sum from t")) -- expect: { { { sum = 210 } } }

-- Closed: whoever waits or comes later is told.
local busy = Task.async(function() return inspect { conn:query(endless) } end)
local waiting = Task.async(function() return inspect { conn:query("select 1") } end)
Process.sleep(30)
show(conn:close()) -- expect: { true }
print(Task.await(busy)) -- expect: { nil, { "sqlite", "closed", "the connection is closed" } }
print(Task.await(waiting)) -- expect: { nil, { "sqlite", "closed", "the connection is closed" } }
show(conn:query("select 1")) -- expect: { nil, { "sqlite", "closed", "the connection is closed" } }
show(conn:transaction(function() end)) -- expect: { nil, { "sqlite", "closed", "the connection is closed" } }
show(conn:close()) -- expect: { true }
print(Process.alive(conn.pid), io.open(path .. "-wal") == nil) -- expect: false	true

-- In the middle of a transaction: it is undone.
conn = assert(Database.connect{ path = path })
show(conn:transaction(function()
  conn:execute("delete from t")
  conn:close()
  return conn:query("select 1")
end)) -- expect: { nil, { "sqlite", "closed", "the connection is closed" } }
conn = assert(Database.connect{ path = path })
show(conn:query("select count(*) as n from t")) -- expect: { { { n = 20 } } }

-- Its owner dies, in whatever way and whatever it does.
for _, how in ipairs { "kill", "shutdown", "normal" } do
  local owner, ref = spawn_monitor(function()
    local mine = assert(Database.connect{ path = path })
    mine:transaction(function()
      mine:execute("delete from t")
      send(me, { "conn", mine })
      if how == "normal" then exit("normal") end
      mine:query(endless)
    end)
  end)
  local mine = receive { { { "conn", any }, function(conn) return conn end } }
  local watch = Process.monitor(mine.pid)
  if how ~= "normal" then
    Process.sleep(20)
    Process.exit(owner, how)
  end
  receive { { { "DOWN", watch, any, any, any }, function() end } }
  show(how, mine:query("select 1")) -- expect: { "kill", nil, { "sqlite", "closed", "the connection is closed" } }
  -- The lock is free at once, or as soon as its thread has ended.
  show(conn:execute("insert into t values (0)"), conn:query("select count(*) as n from t")) -- expect: { 1, { { n = 21 } } }
end
-- expect: { "shutdown", nil, { "sqlite", "closed", "the connection is closed" } }
-- expect: { 1, { { n = 22 } } }
-- expect: { "normal", nil, { "sqlite", "closed", "the connection is closed" } }
-- expect: { 1, { { n = 23 } } }

-- The owner of a connection that is used by others: theirs is broken off.
local owner = spawn(function()
  send(me, { "conn", assert(Database.connect{ path = path }) })
  receive()
end)
local shared = receive { { { "conn", any }, function(conn) return conn end } }
local user = Task.async(function() return inspect { shared:query(endless) } end)
Process.sleep(20)
Process.exit(owner, "kill")
print(Task.await(user)) -- expect: { nil, { "sqlite", "closed", "the connection is closed" } }

-- While it is being opened.
conn:transaction(function()
  local opener = spawn(function() Database.connect{ path = path, journal_mode = "delete" } end)
  Process.sleep(20)
  Process.exit(opener, "kill")
end)
show(conn:query("select count(*) as n from t")) -- expect: { { { n = 23 } } }

-- A connection that is killed says so, and its transaction is undone.
show(pcall(conn.transaction, conn, function()
  conn:execute("delete from t")
  Process.exit(conn.pid, "kill")
  return conn:query("select 1")
end)) -- expect: { true, nil, { "sqlite", "closed", "the connection is closed" } }
conn = assert(Database.connect{ path = path })
show(conn:query("select count(*) as n from t")) -- expect: { { { n = 23 } } }
conn:close()
cleanup()
