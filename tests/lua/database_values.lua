-- What goes into a database comes out of it; statements, parameters and rows.
local conn = assert(Database.connect{ path = ":memory:" })
local function show(...) print(inspect({ ... }, { width = 200 })) end

-- A value after its journey, and what SQLite takes it for.
local function journey(value)
  local row = conn:query("select ? as value, typeof(?) as type", value, value)[1]
  return row.value, row.type
end
show(journey(1)) -- expect: { 1, "integer" }
show(journey(1.0)) -- expect: { 1.0, "real" }
show(journey(-0.0)) -- expect: { -0.0, "real" }
show(journey(-1 / 0)) -- expect: { -inf, "real" }
show(journey(math.mininteger)) -- expect: { -9223372036854775808, "integer" }
show(journey(0.1)) -- expect: { 0.1, "real" }
show(journey("a\0b")) -- expect: { "a\x00b", "text" }
show(journey("\xff\xfe")) -- expect: { "\xFF\xFE", "text" }
show(journey("")) -- expect: { "", "text" }
show(journey(true)) -- expect: { 1, "integer" }
show(journey(false)) -- expect: { 0, "integer" }
show(journey(nil)) -- expect: { nil, "null" }
show(journey(Database.null)) -- expect: { nil, "null" }
show(journey(Database.blob "a\0\xff")) -- expect: { "a\x00\xFF", "blob" }
show(journey(Database.blob "")) -- expect: { "", "blob" }
local big = string.rep("\0\1\2\xff", 250000)
print(journey(big) == big, journey(Database.blob(big)) == big) -- expect: true	true

-- Stored, too.
show(conn:execute("create table t (id integer primary key, v)")) -- expect: { 0 }
show(conn:execute("insert into t (v) values (?), (?), (?), (?)", nil, "x\0y", Database.blob(big), nil)) -- expect: { 4 }
show(conn:query("select count(*) as n, count(v) as set_, max(length(v)) as longest from t")) -- expect: { { { longest = 1000000, n = 4, set_ = 2 } } }
print(conn:query("select v from t where id = 3")[1].v == big) -- expect: true
show(conn:query("select v from t where id = ?", 2)) -- expect: { { { v = "x\x00y" } } }

-- Rows: by column, NULL absent, of equal names the last one.
show(conn:query("select 1 as a, null as b, 2 as c")) -- expect: { { { a = 1, c = 2 } } }
show(conn:query("select 1 as a, 2 as a, 3 as b")) -- expect: { { { a = 2, b = 3 } } }
show(conn:query("select 1 as a, null as a")) -- expect: { { {} } }
show(conn:query("select 1 where 0")) -- expect: { {} }
show(conn:query("update t set v = 1 where id < ? returning id", 3)) -- expect: { { { id = 1 }, { id = 2 } } }

-- How many rows have changed.
show(conn:execute("update t set v = 2")) -- expect: { 4 }
show(conn:execute("delete from t where id > 100")) -- expect: { 0 }
show(conn:execute("select * from t")) -- expect: { 0 }
show(conn:execute("create table u (a)")) -- expect: { 0 }
show(conn:execute("vacuum")) -- expect: { 0 }

-- Parameters by name, with all of SQLite's signs.
show(conn:query("select :a as a, @b as b, $c as c, :a as d", { a = 1, b = "two", c = Database.null })) -- expect: { { { a = 1, b = "two", d = 1 } } }
show(conn:query("select ?2 as a, ?1 as b", 1, 2)) -- expect: { { { a = 2, b = 1 } } }
show(conn:query("select 1 as a; -- nothing more\n ; /* here */ ")) -- expect: { { { a = 1 } } }

-- The functions are the module's.
show(Database.query(conn, "select ? as a", 7)) -- expect: { { { a = 7 } } }

-- What one query may find is limited.
local small = assert(Database.connect{ path = ":memory:", max_result = 1000 })
local numbers = "with recursive c(x) as (select 1 union all select x + 1 from c) select x from c"
show(small:query(numbers)) -- expect: { nil, { "sqlite", "toobig", "the result is larger than max_result, 1000 bytes" } }
print(#small:query(numbers .. " limit 50")) -- expect: 50
