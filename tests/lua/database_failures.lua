-- What goes wrong in SQLite is told in its own words, and leaves the connection usable.
local path = os.tmpname()
local function show(...) print(inspect({ ... }, { width = 200 })) end
local function write(name, text)
  local file = assert(io.open(name, "wb"))
  file:write(text)
  file:close()
end
local function bytes(name)
  local file = assert(io.open(name, "rb"))
  local text = file:read("a")
  file:close()
  return text
end
local function cleanup(name) for _, tail in ipairs { "", "-wal", "-shm", "-journal" } do os.remove(name .. tail) end end

-- SQL.
local conn = assert(Database.connect{ path = path, busy_timeout = 100 })
show(conn:query("selec 1")) -- expect: { nil, { "sqlite", "error", "near \"selec\": syntax error" } }
show(conn:query("select * from nowhere")) -- expect: { nil, { "sqlite", "error", "no such table: nowhere" } }
show(conn:query("select 'unfinished")) -- expect: { nil, { "sqlite", "error", "unrecognized token: \"'unfinished\"" } }
conn:execute("create table t (a integer primary key, b text unique not null, c references t(a))")
conn:execute("insert into t values (1, 'one', null)")
show(conn:execute("insert into t values (1, 'two', null)")) -- expect: { nil, { "sqlite", "constraint", "UNIQUE constraint failed: t.a" } }
show(conn:execute("insert into t values (2, 'one', null)")) -- expect: { nil, { "sqlite", "constraint", "UNIQUE constraint failed: t.b" } }
show(conn:execute("insert into t values (2, null, null)")) -- expect: { nil, { "sqlite", "constraint", "NOT NULL constraint failed: t.b" } }
show(conn:execute("insert into t values (2, 'two', 7)")) -- expect: { nil, { "sqlite", "constraint", "FOREIGN KEY constraint failed" } }
show(conn:execute("insert into t values ('x', 'two', null)")) -- expect: { nil, { "sqlite", "mismatch", "datatype mismatch" } }
show(conn:query("select abs(?)", math.mininteger)) -- expect: { nil, { "sqlite", "error", "integer overflow" } }
show(conn:query("select count(*) as n from t")) -- expect: { { { n = 1 } } }

-- Locked by another connection: after the time-out, or when the other is done.
local other = assert(Database.connect{ path = path, busy_timeout = 60000 })
other:transaction(function()
  other:execute("insert into t values (3, 'three', null)")
  local begin = System.monotonic_time("millisecond")
  show(conn:execute("insert into t values (4, 'four', null)")) -- expect: { nil, { "sqlite", "busy", "database is locked" } }
  local took = System.monotonic_time("millisecond") - begin
  print(took >= 90 and took < 10000) -- expect: true
  show(conn:transaction(function() return "not reached" end)) -- expect: { nil, { "sqlite", "busy", "database is locked" } }
  show(conn:query("select count(*) as n from t")) -- expect: { { { n = 1 } } }
end)
show(conn:query("select count(*) as n from t")) -- expect: { { { n = 2 } } }
local waiter
conn:transaction(function()
  waiter = Task.async(function() return other:execute("insert into t values (5, 'five', null)") end)
  Process.sleep(50)
  conn:execute("insert into t values (6, 'six', null)")
end)
show(Task.await(waiter)) -- expect: { 1 }

-- Read only.
local reader = assert(Database.connect{ path = path, read_only = true })
show(reader:query("select a from t where b = 'one'")) -- expect: { { { a = 1 } } }
show(reader:execute("delete from t")) -- expect: { nil, { "sqlite", "readonly", "attempt to write a readonly database" } }
show(reader:transaction(function() return #reader:query("select * from t") end)) -- expect: { 4 }
show(Database.connect{ path = path .. "-none", read_only = true }) -- expect: { nil, { "sqlite", "cantopen", "unable to open database file" } }
print(io.open(path .. "-none") == nil) -- expect: true
reader:close()
other:close()
conn:close()
print(io.open(path .. "-wal") == nil) -- expect: true

-- What cannot be opened.
show(Database.connect{ path = "/nowhere/at/all" }) -- expect: { nil, { "sqlite", "cantopen", "unable to open database file" } }
show(Database.connect{ path = "/" }) -- expect: { nil, { "sqlite", "cantopen", "unable to open database file" } }

-- A file that is no database, and one that is broken; neither is touched.
local image = bytes(path)
local text = string.rep("no database at all. ", 1000)
cleanup(path)
write(path, text)
show(Database.connect{ path = path }) -- expect: { nil, { "sqlite", "notadb", "file is not a database" } }
print(bytes(path) == text) -- expect: true
local broken = image:sub(1, 100) .. string.rep("\xee", 4000) .. image:sub(4101)
write(path, broken)
show(Database.connect{ path = path }) -- expect: { nil, { "sqlite", "corrupt", "database disk image is malformed" } }
write(path, image:sub(1, 8192 - 500) .. string.rep("\xee", 500) .. image:sub(8193))
conn = assert(Database.connect{ path = path })
show(conn:query("select * from t order by b")) -- expect: { nil, { "sqlite", "corrupt", "database disk image is malformed" } }
show(conn:query("select 1 as works")) -- expect: { { { works = 1 } } }
conn:close()
cleanup(path)

-- Full.
conn = assert(Database.connect{ path = path })
conn:execute("create table t (a)")
conn:execute("pragma max_page_count = 20")
show(conn:execute("insert into t values (zeroblob(1000000))")) -- expect: { nil, { "sqlite", "full", "database or disk is full" } }
show(conn:execute("insert into t values ('fits')")) -- expect: { 1 }
show(conn:query("select * from t")) -- expect: { { { a = "fits" } } }
show(conn:query("select zeroblob(2000000000)")) -- expect: { nil, { "sqlite", "toobig", "string or blob too big" } }
conn:close()
cleanup(path)
