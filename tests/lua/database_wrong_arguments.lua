-- A wrong use of Database raises an error that says what is wrong.
local conn = assert(Database.connect{ path = ":memory:" })
local function try(fn, ...)
  local args = table.pack(...)
  local _, err = pcall(function() local x = fn(table.unpack(args, 1, args.n)) return x end)
  print((tostring(err):gsub("^.*lua:%d+: ", "")))
end

try(Database.connect) -- expect: bad argument #1 to 'Database.connect' (options: a table with path expected, got nil)
try(Database.connect, "data") -- expect: bad argument #1 to 'Database.connect' (options: a table with path expected, got "data")
try(Database.connect, {}) -- expect: bad argument #1 to 'Database.connect' (path: a file's name or ":memory:" expected, got nil)
try(Database.connect, { path = "" }) -- expect: bad argument #1 to 'Database.connect' (path: a file's name or ":memory:" expected, got "")
try(Database.connect, { path = "a\0b" }) -- expect: bad argument #1 to 'Database.connect' (path: a file's name or ":memory:" expected, got "a\x00b")
try(Database.connect, { path = ":memory:", mode = 1 }) -- expect: bad argument #1 to 'Database.connect' (options: path, read_only, busy_timeout, max_result, journal_mode or synchronous expected, got "mode")
try(Database.connect, { path = ":memory:", read_only = 1 }) -- expect: bad argument #1 to 'Database.connect' (read_only: a boolean expected, got 1)
try(Database.connect, { path = ":memory:", busy_timeout = -1 }) -- expect: bad argument #1 to 'Database.connect' (busy_timeout: milliseconds expected, got -1)
try(Database.connect, { path = ":memory:", max_result = "many" }) -- expect: bad argument #1 to 'Database.connect' (max_result: a number of bytes expected, got "many")
try(Database.connect, { path = ":memory:", journal_mode = "none" }) -- expect: bad argument #1 to 'Database.connect' (journal_mode: one of wal, delete, truncate, persist, memory, off expected, got "none")
try(Database.connect, { path = ":memory:", synchronous = true }) -- expect: bad argument #1 to 'Database.connect' (synchronous: one of off, normal, full, extra expected, got true)

try(Database.execute, 12, "select 1") -- expect: bad argument #1 to 'Database.execute' (conn: a connection expected, got 12)
try(Database.execute, conn) -- expect: bad argument #2 to 'Database.execute' (sql: a string without zero bytes expected, got nil)
try(Database.execute, conn, "select 1\0") -- expect: bad argument #2 to 'Database.execute' (sql: a string without zero bytes expected, got "select 1\x00")
try(Database.query, {}, "select 1") -- expect: bad argument #1 to 'Database.query' (conn: a connection expected, got {})
try(Database.query, conn, 5) -- expect: bad argument #2 to 'Database.query' (sql: a string without zero bytes expected, got 5)
try(Database.query, conn, "select ?", print) -- expect: bad argument #3 to 'Database.query' (parameter 1: a number, a string, a boolean, nil, Database.null or Database.blob expected, got #Function<print>)
try(Database.query, conn, "select ?, ?", 1, {}) -- expect: bad argument #4 to 'Database.query' (parameter 2: a number, a string, a boolean, nil, Database.null or Database.blob expected, got {})
try(Database.query, conn, "select ?", 0 / 0) -- expect: bad argument #3 to 'Database.query' (parameter 1: a number, a string, a boolean, nil, Database.null or Database.blob expected, got nan)
try(Database.query, conn, "select ?", { 1 }) -- expect: bad argument #3 to 'Database.query' (parameters: values by name expected, got { 1 })
try(Database.query, conn, "select :a", { a = {} }) -- expect: bad argument #3 to 'Database.query' (a: a number, a string, a boolean, nil, Database.null or Database.blob expected, got {})
try(Database.query, conn, "select ?") -- expect: Database.query: the statement has 1 parameter, got 0: "select ?"
try(Database.query, conn, "select ?, ?", 1) -- expect: Database.query: the statement has 2 parameters, got 1: "select ?, ?"
try(Database.query, conn, "select 1", 1, nil) -- expect: Database.query: the statement has 0 parameters, got 2: "select 1"
try(Database.query, conn, "select :a, :b", { a = 1 }) -- expect: Database.query: no value for parameter :b: "select :a, :b"
try(Database.query, conn, "select :a", { a = 1, b = 2 }) -- expect: Database.query: the statement has no parameter :b: "select :a"
try(Database.query, conn, "select ?", { a = 1 }) -- expect: Database.query: parameter 1 has no name, and values were given by name: "select ?"
try(Database.query, conn, "") -- expect: Database.query: there is no statement in ""
try(Database.query, conn, " ; -- nothing") -- expect: Database.query: there is no statement in " ; -- nothing"
try(Database.query, conn, "select 1; select 2") -- expect: Database.query: one statement at a time, but another follows: "select 2"
try(Database.execute, conn, "BEGIN") -- expect: Database.execute: transactions are begun and ended by conn:transaction(fn) alone, got "BEGIN"
try(Database.execute, conn, "commit") -- expect: Database.execute: transactions are begun and ended by conn:transaction(fn) alone, got "commit"
try(Database.execute, conn, "savepoint x") -- expect: Database.execute: transactions are begun and ended by conn:transaction(fn) alone, got "savepoint x"

try(Database.transaction, conn) -- expect: bad argument #2 to 'Database.transaction' (fn: a function expected, got nil)
try(Database.transaction, nil, function() end) -- expect: bad argument #1 to 'Database.transaction' (conn: a connection expected, got nil)
try(Database.rollback, "x") -- expect: bad argument #1 to 'Database.rollback' (conn: a connection expected, got "x")
try(Database.rollback, conn, 1) -- expect: Database.rollback: there is no transaction to be rolled back
try(Database.close) -- expect: bad argument #1 to 'Database.close' (conn: a connection expected, got nil)
try(Database.blob, 1) -- expect: bad argument #1 to 'Database.blob' (bytes: a string expected, got 1)
print(inspect(conn:query("select 1 as works")))  -- expect: { { works = 1 } }
