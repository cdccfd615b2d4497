-- A run whose course hangs on how fast a database is: what it prints and does comes from a recording.
local conn = assert(Database.connect{ path = os.getenv "DATABASE" })
print(inspect(conn:execute("create table if not exists t (id integer primary key, a, b)")))
local me = self()
for p = 1, 5 do
  spawn(function()
    for i = 1, 5 do
      Process.sleep(math.random(20))
      conn:transaction(function()
        conn:execute("insert into t (a, b) values (?, ?)", p * 10 + i, Database.blob("\0\xff" .. i))
        if i == 3 then conn:rollback() end
      end)
    end
    send(me, { "done", p })
  end)
end
local victim = spawn(function()
  conn:query([[with recursive c(x) as (select 1 union all select x + 1 from c)
               select count(*) from c]])
end)
Process.sleep(30)
Process.exit(victim, "kill")
for _ = 1, 5 do print(receive { { { "done", any }, function(p) return p end } }) end
for _, row in ipairs(conn:query("select *, typeof(b) as type from t order by id")) do
  print(inspect(row))
end
print(inspect { conn:query("selec") })
print(inspect { Database.connect{ path = "/nowhere/at/all" } })
conn:close()
print(System.monotonic_time("microsecond"))
