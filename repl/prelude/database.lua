-- Databases: SQLite, with the functions of https://hexdocs.pm/ecto/Ecto.Repo.html that fit. Whoever
-- has the value `conn` may use the connection.
local help, check, Port = ...
local Server = Database.Server

-- ---- Asking it

local Connection = struct("Database.Connection", { "pid" })
local connection_meta = getmetatable(Connection {})
connection_meta.__index = Database
local Blob = struct("Database.Blob", { "bytes" })
local blob_meta = getmetatable(Blob {})
local Null = struct("Database.Null", {})
local null_meta = getmetatable(Null {})

-- The answer { tag, answer } of a process, or what its end means.
local function await(tag, ref)
  return receive {
    { { tag, any }, function(answer) return answer end },
    { { "DOWN", ref, any, any, any }, function(_, _, reason)
      local why = "the connection is closed"
      if reason ~= "normal" and reason ~= "noproc" then
        why = "the connection has ended: " .. inspect(reason, { width = 0 })
      end
      return { "error", "closed", why }
    end },
  }
end

-- Somebody who waits for an answer: who is interrupted meanwhile lets it be broken off. (What closes
-- variables then runs in no process: there is no self().)
local Waiting = {
  __close = function(waiting)
    if not waiting.done then
      send(waiting.conn, { "$database", waiting.client, waiting.ref, "forget" })
    end
  end,
}

local function ask(conn, verb, command)
  local watch <close> = Port.watch(conn.pid)
  local ref = watch:ref()
  local waiting <close> = setmetatable({ conn = conn.pid, client = self(), ref = ref }, Waiting)
  send(conn.pid, { "$database", self(), ref, verb, command })
  local answer = await(ref, ref)
  waiting.done = true
  return answer
end

-- What a function of the API returns, called as its last deed.
local function result(what, answer)
  if answer[1] == "ok" then return answer[2] end
  if answer[1] == "misuse" then error(what .. ": " .. answer[2], 2) end
  return nil, { "sqlite", answer[2], answer[3] }
end

local function is_connection(conn)
  return type(conn) == "table" and getmetatable(conn) == connection_meta and is_pid(conn.pid)
end

-- ---- Parameters

local VALUE = "a number, a string, a boolean, nil, Database.null or Database.blob"

-- A value as the port wants it; nil when it is none.
local function wire(value)
  local kind = type(value)
  if value == nil then return false end
  if kind == "boolean" then return value and 1 or 0 end
  if kind == "string" or kind == "number" and value == value then return value end
  if kind ~= "table" then return nil end
  local meta = getmetatable(value)
  if meta == null_meta then return false end
  if meta == blob_meta and type(value.bytes) == "string" then return { value.bytes } end
end

-- The values of a table as the port wants them, or nil and the name of one that is none.
local function wire_named(values)
  local parameters = {}
  for name, value in pairs(values) do
    parameters[name] = wire(value)
    if type(name) ~= "string" or parameters[name] == nil then return nil, name end
  end
  return parameters
end

local function read_statement(what, verb, conn, sql, ...)
  check(what, 1, "conn", conn, "a connection", is_connection(conn))
  check(what, 2, "sql", sql, "a string without zero bytes",
    type(sql) == "string" and not sql:find("\0", 1, true))
  local first = ...
  if select("#", ...) == 1 and type(first) == "table" and not getmetatable(first) then
    local parameters, wrong = wire_named(first)
    check(what, 3, "parameters", first, "values by name", parameters or type(wrong) == "string")
    check(what, 3, wrong, wrong and first[wrong], VALUE, parameters ~= nil)
    return { verb, sql, parameters }
  end
  local parameters = {}
  for i = 1, select("#", ...) do
    local value = (select(i, ...))
    parameters[i] = wire(value)
    check(what, i + 2, "parameter " .. i, value, VALUE, parameters[i] ~= nil)
  end
  return { verb, sql, parameters }
end

-- ---- Connecting

local function one_of(words)
  local set = {}
  for word in words:gmatch("%w+") do set[word] = true end
  return function(value) return set[value] == true end, "one of " .. words
end

local function is_count(value) return math.type(value) == "integer" and value >= 0 end
local function is_boolean(value) return type(value) == "boolean" end

local OPTIONS = {
  path = { function(value)
    return type(value) == "string" and value ~= "" and not value:find("\0", 1, true)
  end, "a file's name or \":memory:\"" },
  read_only = { is_boolean, "a boolean" },
  busy_timeout = { is_count, "milliseconds" },
  max_result = { is_count, "a number of bytes" },
  journal_mode = { one_of "wal, delete, truncate, persist, memory, off" },
  synchronous = { one_of "off, normal, full, extra" },
}

local function read_options(options)
  local what = "Database.connect"
  check(what, 1, "options", options, "a table with path", type(options) == "table")
  check(what, 1, "path", options.path, OPTIONS.path[2], OPTIONS.path[1](options.path))
  for name, value in pairs(options) do
    check(what, 1, "options", name, "path, read_only, busy_timeout, max_result, journal_mode " ..
      "or synchronous", OPTIONS[name] ~= nil)
    check(what, 1, name, value, OPTIONS[name][2], OPTIONS[name][1](value))
  end
  local settings = "PRAGMA foreign_keys = on; PRAGMA synchronous = " ..
    (options.synchronous or "full")
  if not options.read_only and (options.journal_mode or options.path ~= ":memory:") then
    settings = settings .. "; PRAGMA journal_mode = " .. (options.journal_mode or "wal")
  end
  return {
    path = options.path, read_only = options.read_only == true, settings = settings,
    busy_timeout = options.busy_timeout or 5000, max_result = options.max_result or 64 << 20,
  }
end

help("Database", [==[
Database

SQLite. Only the process that asks waits. A connection may be used by many processes, which take
turns; it is closed when the process that made it ends, whatever it is doing.

What goes wrong in SQLite is nil, { "sqlite", code, message }: SQLite's own words, and the name of
its result code: "error" (wrong SQL), "constraint", "busy", "locked", "full", "readonly",
"cantopen", "corrupt", "notadb", "ioerr", "interrupt", "toobig", … Ours are two: "closed" (there is
no connection any more) and "abort" (a statement in a transaction that has been undone already). A
wrong use, like a wrong number of parameters, raises an error.

    conn = Database.connect{ path = ":memory:" }
    conn:execute("create table users (name text, age integer)")
    conn:execute("insert into users values (?, ?)", "ada", 36)   --> 1
    conn:query("select name from users")   --> { { name = "ada" } }]==])

-- Who is interrupted meanwhile does not want it any more.
local Connecting = {
  __close = function(connecting)
    if not connecting.done then send(connecting.pid, { "$database", false, false, "close" }) end
  end,
}

help("Database.connect", [==[
connect(options)

Opens a database and returns a connection, or nil and the reason. It is a plain value, which can be
sent to other processes. Options:

  path           a file, made if there is none, or ":memory:"
  read_only      true: nothing is changed and no file made
  busy_timeout   how many ms to wait while somebody else has the file locked; 5000
  max_result     bytes that one query may find; 64 MiB. More is the error "toobig"
  journal_mode   "wal", unless it is read only; "delete", "truncate", "persist", "memory", "off"
  synchronous    "full"; "off", "normal", "extra"

What execute has returned, and what was done in a transaction that has returned, survives the end of
the program in any way, and with wal and full the end of the power too. With "wal" a file is
switched to it for good; beside it lie NAME-wal and NAME-shm while it is open. Foreign keys are
enforced.

    conn = Database.connect{ path = ":memory:" }
    Database.connect{ path = "/nowhere/data" }   --> nil, { "sqlite", "cantopen", "unable to open database file" }]==])
function Database.connect(options)
  local wanted = read_options(options)
  local started = make_ref()
  local pid = spawn(Server.run, self(), started, wanted)
  local watch <close> = Port.watch(pid)
  local connecting <close> = setmetatable({ pid = pid }, Connecting)
  local done, reason = result("Database.connect", await(started, watch:ref()))
  connecting.done = true
  if not done then return nil, reason end
  return Connection { pid = pid }
end

-- ---- Statements

help("Database.execute", [==[
execute(conn, sql, …)
execute(conn, sql, { name = value, … })

Or conn:execute(…). Runs one statement; returns how many rows it has inserted, updated or deleted, or nil and the reason.
The values take the place of the parameters in it, ? in order or :name by name.

nil is NULL (Database.null where a table has to name it), a string is text, Database.blob(bytes) a
blob, true and false are 1 and 0. Text comes back byte for byte, whatever bytes it holds. Transactions
are begun and ended by conn:transaction alone.

    conn = Database.connect{ path = ":memory:" }
    conn:execute("create table t (a, b)")   --> 0
    conn:execute("insert into t values (?, ?), (:x, :x)", 1, nil, "two")   --> 2
    conn:execute("update t set b = :b where a = :a", { a = 1, b = 2.5 })   --> 1]==])
function Database.execute(conn, sql, ...)
  local command = read_statement("Database.execute", "execute", conn, sql, ...)
  return result("Database.execute", ask(conn, "execute", command))
end

help("Database.query", [==[
query(conn, sql, …)
query(conn, sql, { name = value, … })

Or conn:query(…). Runs one statement and returns the rows it finds, each a table by the names of its columns, or nil
and the reason. A column that is NULL is absent; text and blobs are strings. Of columns with the same name
the last one counts. `returning` tells what an insert has made.

    conn = Database.connect{ path = ":memory:" }
    conn:execute("create table t (id integer primary key, name text)")
    conn:query("insert into t (name) values (?) returning id", "ada")   --> { { id = 1 } }
    conn:query("select * from t where id = :id", { id = 1 })   --> { { id = 1, name = "ada" } }]==])
function Database.query(conn, sql, ...)
  local command = read_statement("Database.query", "query", conn, sql, ...)
  return result("Database.query", ask(conn, "query", command))
end

help("Database.blob", [==[
blob(bytes)

A value to be stored as a blob, not as text.

    conn = Database.connect{ path = ":memory:" }
    conn:query("select typeof(?) as a, typeof(?) as b", Database.blob("x"), "x")   --> { { a = "blob", b = "text" } }]==])
function Database.blob(bytes)
  local function read() check("Database.blob", 1, "bytes", bytes, "a string", type(bytes) == "string") end
  read()
  return Blob { bytes = bytes }
end

help("Database.null", [==[
Database.null

NULL, for tables of parameters, where nil cannot be named.

    conn = Database.connect{ path = ":memory:" }
    conn:query("select :a is null as yes", { a = Database.null })   --> { { yes = 1 } }]==])
Database.null = Null {}

-- ---- Transactions

-- What rollback raises: caught by the innermost transaction of that connection.
local Rollback = {}

local function check_transaction(what, conn, fn)
  check(what, 1, "conn", conn, "a connection", is_connection(conn))
  if what == "Database.transaction" then
    check(what, 2, "fn", fn, "a function", type(fn) == "function")
  end
end

-- A transaction under way: one that is interrupted is undone.
local Open = {
  __close = function(open)
    if not open.done then send(open.conn, { "$database", open.client, false, "rollback" }) end
  end,
}

local function finish(conn, open, ok, ...)
  if ok then
    local answer = ask(conn, "commit")
    open.done = true
    local done, reason = result("Database.transaction", answer)
    if not done then return nil, reason end
    if select("#", ...) == 0 then return true end
    return ...
  end
  local raised = ...
  ask(conn, "rollback")
  open.done = true
  if type(raised) == "table" and getmetatable(raised) == Rollback and raised.pid == conn.pid then
    return nil, raised.value
  end
  error(raised, 0)
end

help("Database.transaction", [==[
transaction(conn, fn)

Or conn:transaction(fn). Runs fn(conn) in a transaction, in the calling process: what fn does is done together or not at all.
Returns what fn returned (true if that was nothing) once it is committed, or nil and the reason when
it could not begin or be committed. When fn raises or exits, what it did is undone, and the error
goes on; when the process is killed, likewise. conn:rollback(value) undoes it and lets it return nil,
value. What fn returns decides nothing: let it assert, or roll back, what must have worked.

Other processes that use the connection wait until the transaction has ended (a task that fn awaits
would wait for ever). A transaction within is undone or kept by itself, and kept for good with
the outer one. It begins with BEGIN IMMEDIATE: it waits for other writers at its beginning.

    conn = Database.connect{ path = ":memory:" }
    conn:execute("create table t (a)")
    conn:transaction(function() return conn:execute("insert into t values (1)") end)   --> 1
    conn:transaction(function() conn:rollback("no") end)   --> nil, "no"]==])
function Database.transaction(conn, fn)
  check_transaction("Database.transaction", conn, fn)
  local begun, reason = result("Database.transaction", ask(conn, "begin"))
  if not begun then return nil, reason end
  local open <close> = setmetatable({ conn = conn.pid, client = self() }, Open)
  return finish(conn, open, pcall(fn, conn))
end

help("Database.rollback", [==[
rollback(conn, value)

Or conn:rollback(value). Ends the transaction that the caller is in; conn:transaction undoes it and returns nil, value.

    conn = Database.connect{ path = ":memory:" }
    conn:transaction(function() conn:rollback("changed my mind") end)   --> nil, "changed my mind"]==])
function Database.rollback(conn, value)
  check_transaction("Database.rollback", conn)
  if not result("Database.rollback", ask(conn, "holds")) then
    error("Database.rollback: there is no transaction to be rolled back", 2)
  end
  error(setmetatable({ pid = conn.pid, value = value }, Rollback), 0)
end

help("Database.close", [==[
close(conn)

Or conn:close(). Closes the connection, whatever it is doing: what is under way is broken off, an open transaction
undone, and whoever waits or asks later gets nil, { "sqlite", "closed", … }. Returns true once the
file is closed.

    conn = Database.connect{ path = ":memory:" }
    conn:close()   --> true
    conn:query("select 1")   --> nil, { "sqlite", "closed", "the connection is closed" }]==])
function Database.close(conn)
  check_transaction("Database.close", conn)
  ask(conn, "close")
  return true
end
