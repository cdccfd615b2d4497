-- Transactions: done together or not at all, one process at a time, levels within levels.
local conn = assert(Database.connect{ path = ":memory:" })
conn:execute("create table t (a)")
local me = self()
local function show(...) print(inspect({ ... }, { width = 200 })) end
local function rows()
  local list = {}
  for i, row in ipairs(conn:query("select a from t order by a")) do list[i] = row.a end
  return table.concat(list, " ")
end
local function insert(a) return assert(conn:execute("insert into t values (?)", a)) end

-- What it returns.
show(conn:transaction(function(c) insert(1) return c == conn, nil, 3 end)) -- expect: { true, nil, 3 }
show(conn:transaction(function() insert(2) end)) -- expect: { true }
show(conn:transaction(function() insert(3) conn:rollback { "no", 1 } end)) -- expect: { nil, { "no", 1 } }
show(conn:transaction(function() insert(3) return nil, "decides nothing" end)) -- expect: { nil, "decides nothing" }
print(rows()) -- expect: 1 2 3

-- An error undoes it and goes on; so does an exit.
show(pcall(function() conn:transaction(function() insert(4) error("boom", 0) end) end)) -- expect: { false, "boom" }
show(pcall(function() conn:transaction(function() insert(4) error { "sqlite" } end) end)) -- expect: { false, { "sqlite" } }
show(pcall(function() conn:transaction(function() insert(4) exit "enough" end) end)) -- expect: { false, { kind = "exit", reason = "enough" } }
print(rows()) -- expect: 1 2 3

-- Levels.
conn:transaction(function()
  insert(10)
  show(conn:transaction(function() insert(11) conn:rollback "inner" end)) -- expect: { nil, "inner" }
  conn:transaction(function()
    insert(12)
    pcall(function() conn:transaction(function() insert(13) error "boom" end) end)
    conn:transaction(function() insert(14) end)
  end)
end)
print(rows()) -- expect: 1 2 3 10 12 14
show(conn:transaction(function()
  conn:transaction(function() insert(15) end)
  conn:rollback "all of it"
end)) -- expect: { nil, "all of it" }
print(rows()) -- expect: 1 2 3 10 12 14

-- A rollback is of the connection it is called on.
local other = assert(Database.connect{ path = ":memory:" })
show(conn:transaction(function()
  insert(20)
  other:transaction(function() conn:rollback "the outer one" end)
end)) -- expect: { nil, "the outer one" }
show(pcall(other.rollback, other)) -- expect: { false, "Database.rollback: there is no transaction to be rolled back" }
print(rows()) -- expect: 1 2 3 10 12 14

-- Others wait until it has ended.
local holder = spawn(function()
  conn:transaction(function()
    insert(30)
    send(me, "begun")
    receive { { "end", function() end } }
    insert(31)
  end)
end)
receive { { "begun", function() end } }
for i = 1, 3 do spawn(function() send(me, { "seen", rows() }) end) end
show(receive { { { "seen", any }, function() end }, after = { 50, function() return "nobody yet" end } }) -- expect: { "nobody yet" }
send(holder, "end")
for i = 1, 3 do print(receive { { { "seen", any }, function(seen) return seen end } }) end
-- expect: 1 2 3 10 12 14 30 31
-- expect: 1 2 3 10 12 14 30 31
-- expect: 1 2 3 10 12 14 30 31

-- One that dies in it is undone, and the others go on.
for _, reason in ipairs { "kill", "whatever" } do
  local victim = spawn(function()
    conn:transaction(function()
      conn:transaction(function() insert(40) send(me, "begun") receive() end)
    end)
  end)
  receive { { "begun", function() end } }
  Process.exit(victim, reason)
end
print(rows()) -- expect: 1 2 3 10 12 14 30 31

-- Whatever it is doing.
local endless = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c"
local victim = spawn(function()
  conn:transaction(function()
    insert(50)
    send(me, "begun")
    conn:query(endless)
  end)
end)
receive { { "begun", function() end } }
Process.sleep(20)
Process.exit(victim, "kill")
print(rows()) -- expect: 1 2 3 10 12 14 30 31
local victim = spawn(function() conn:query(endless) end)
Process.sleep(20)
Process.exit(victim, "kill")
print(rows()) -- expect: 1 2 3 10 12 14 30 31

-- One that waits for its turn and dies leaves the queue.
local holder = spawn(function()
  conn:transaction(function() send(me, "begun") receive() end)
end)
receive { { "begun", function() end } }
local victim = spawn(function() insert(60) end)
local begins = spawn(function() conn:transaction(function() insert(61) end) end)
Process.sleep(10)
Process.exit(victim, "kill")
Process.exit(begins, "kill")
send(holder, "end")
print(rows()) -- expect: 1 2 3 10 12 14 30 31

-- What undid the transaction is told by whatever comes after it.
conn:execute("pragma max_page_count = 10")
show(conn:transaction(function()
  insert(70)
  show(conn:execute("insert into t values (zeroblob(1000000))")) -- expect: { nil, { "sqlite", "full", "database or disk is full" } }
  show(conn:execute("insert into t values (71)")) -- expect: { nil, { "sqlite", "abort", "the transaction has been rolled back: database or disk is full" } }
  show(conn:transaction(function() end)) -- expect: { nil, { "sqlite", "abort", "the transaction has been rolled back: database or disk is full" } }
  return "done"
end)) -- expect: { nil, { "sqlite", "abort", "the transaction has been rolled back: database or disk is full" } }
print(rows()) -- expect: 1 2 3 10 12 14 30 31
show(conn:transaction(function()
  show(conn:transaction(function()
    conn:execute("insert into t values (zeroblob(1000000))")
    conn:rollback "inner"
  end)) -- expect: { nil, "inner" }
  conn:rollback "outer"
end)) -- expect: { nil, "outer" }
insert(80)
print(rows()) -- expect: 1 2 3 10 12 14 30 31 80
