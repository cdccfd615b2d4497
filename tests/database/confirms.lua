-- Stores numbers for ever, and writes of each one that it is stored (into a file: what is printed is
-- written a little later).
local log = assert(io.open(os.getenv "CONFIRMED", "a"))
log:setvbuf("no")
local conn = assert(Database.connect{ path = os.getenv "DATABASE" })
assert(conn:execute("create table if not exists t (id integer primary key, half integer)"))
for id = conn:query("select coalesce(max(id), 0) as last from t")[1].last + 1, math.maxinteger do
  if id % 3 == 0 then
    assert(conn:transaction(function()
      assert(conn:execute("insert into t values (?, 0)", id))
      assert(conn:execute("update t set half = ? where id = ?", id // 2, id))
    end))
  else
    assert(conn:execute("insert into t values (?, ?)", id, id // 2))
  end
  log:write(id .. "\n")
end
