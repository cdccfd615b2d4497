-- args: --virtual
-- The fourth exercise, and the example for terminate: a pool that lends connections to a database. Who
-- borrows one is watched, so that nothing is lost with a borrower that dies; when all are lent, a few
-- more are opened, and then callers wait, but not for ever. When the pool ends it closes them all.

DatabasePool = GenServer.module "DatabasePool"

function DatabasePool.start_link(options)
  return GenServer.start_link(DatabasePool, options, { name = DatabasePool })
end

-- A connection, or nil, "timeout".
function DatabasePool.checkout(timeout)
  local answer = GenServer.call(DatabasePool, { "checkout", timeout or 1000 }, "infinity")
  if answer[1] == "ok" then return answer[2] end
  return nil, answer[2]
end
function DatabasePool.checkin(conn) return GenServer.call(DatabasePool, { "checkin", conn }) end
function DatabasePool.status() return GenServer.call(DatabasePool, "status") end

-- Runs fn(conn) with a borrowed connection, which goes back whatever happens.
function DatabasePool.with_connection(fn, timeout)
  local conn, reason = DatabasePool.checkout(timeout)
  if not conn then return nil, reason end
  local results = table.pack(pcall(fn, conn))
  DatabasePool.checkin(conn)
  if not results[1] then error(results[2], 0) end
  return table.unpack(results, 2, results.n)
end

-- state: options; free, a list of connections; lent[monitor] = { conn, borrower }; waiting, a list of
-- { from, monitor, timer }; count, of all connections that are open.

local function connect(state)
  local conn, reason = Database.connect(state.options.database)
  if not conn then return nil, reason end
  Process.link(conn.pid)
  state.count = state.count + 1
  return conn
end

local function close(state, conn)
  Process.unlink(conn.pid)
  conn:close()
  state.count = state.count - 1
end

function DatabasePool.init(options)
  Process.flag("trap_exit", true)      -- so that terminate is called
  local state = { options = options, free = {}, lent = {}, waiting = {}, count = 0 }
  for i = 1, options.size do
    local conn, reason = connect(state)
    if not conn then return "stop", reason end
    state.free[i] = conn
  end
  return "ok", state
end

local function lend(state, conn, from, monitor)
  state.lent[monitor] = { conn, from[1] }
  GenServer.reply(from, { "ok", conn })
end

-- A connection has come back: to the next who waits, to the others, or away when there are too many.
local function take_back(state, conn)
  local next = table.remove(state.waiting, 1)
  if next then
    Process.cancel_timer(next.timer)
    lend(state, conn, next.from, next.monitor)
  elseif state.count > state.options.size then
    close(state, conn)
  else
    table.insert(state.free, conn)
  end
end

function DatabasePool.handle_call.checkout(state, from, timeout)
  local monitor = Process.monitor(from[1])
  local conn = table.remove(state.free)
  if not conn and state.count < state.options.size + state.options.overflow then
    conn = connect(state)
  end
  if conn then
    lend(state, conn, from, monitor)
  else
    local timer = Process.send_after(self(), { "expired", monitor }, timeout)
    table.insert(state.waiting, { from = from, monitor = monitor, timer = timer })
  end
  return "noreply", state
end

function DatabasePool.handle_call.checkin(state, from, conn)
  for monitor, loan in pairs(state.lent) do
    if loan[1].pid == conn.pid and loan[2] == from[1] then
      Process.demonitor(monitor, { "flush" })
      state.lent[monitor] = nil
      take_back(state, conn)
      return "reply", true, state
    end
  end
  return "reply", false, state          -- it was not lent to this process
end

function DatabasePool.handle_call.status(state, from)
  local lent = 0
  for _ in pairs(state.lent) do lent = lent + 1 end
  return "reply", { free = #state.free, lent = lent, waiting = #state.waiting, count = state.count }, state
end

local function stop_waiting(state, monitor)
  for i, entry in ipairs(state.waiting) do
    if entry.monitor == monitor then return table.remove(state.waiting, i) end
  end
end

-- It may have been served just before its time was up.
function DatabasePool.handle_info.expired(state, monitor)
  local entry = stop_waiting(state, monitor)
  if entry then
    Process.demonitor(monitor, { "flush" })
    GenServer.reply(entry.from, { "error", "timeout" })
  end
  return "noreply", state
end

-- A borrower has died, or one who waits. What it had not committed is undone by the connection.
function DatabasePool.handle_info.DOWN(state, monitor)
  local loan, entry = state.lent[monitor], stop_waiting(state, monitor)
  state.lent[monitor] = nil
  if loan then take_back(state, loan[1]) end
  if entry then Process.cancel_timer(entry.timer) end
  return "noreply", state
end

-- A connection has died: another one takes its place.
function DatabasePool.handle_info.EXIT(state, pid, reason)
  state.count = state.count - 1
  for i, conn in ipairs(state.free) do
    if conn.pid == pid then table.remove(state.free, i) end
  end
  for monitor, loan in pairs(state.lent) do
    if loan[1].pid == pid then
      Process.demonitor(monitor, { "flush" })
      state.lent[monitor] = nil
    end
  end
  local conn, why = connect(state)
  if not conn then return "stop", why, state end
  take_back(state, conn)
  return "noreply", state
end

function DatabasePool.terminate(reason, state)
  local open = {}
  for _, conn in ipairs(state.free) do open[#open + 1] = conn end
  for _, loan in pairs(state.lent) do open[#open + 1] = loan[1] end
  for _, conn in ipairs(open) do close(state, conn) end
  print("closed all but", state.count)
end

-- ---- Two connections, and one more when it is needed

local path = os.tmpname()
local function status() print(inspect(DatabasePool.status())) end

DatabasePool.start_link{ size = 2, overflow = 1, database = { path = path } }
DatabasePool.with_connection(function(conn)
  conn:execute("create table visits (name text, n integer)")
  conn:execute("insert into visits values ('ada', 0)")
end)
status()                                        -- expect: { count = 2, free = 2, lent = 0, waiting = 0 }

local first, second, third = DatabasePool.checkout(), DatabasePool.checkout(), DatabasePool.checkout()
status()                                        -- expect: { count = 3, free = 0, lent = 3, waiting = 0 }

-- All are lent: a fourth caller waits until its time is up, or until one comes back.
local before = System.monotonic_time("millisecond")
print(DatabasePool.checkout(200))               -- expect: nil	timeout
print(System.monotonic_time("millisecond") - before >= 200)   -- expect: true
local waiter = Task.async(function()
  return DatabasePool.with_connection(function(conn) return #conn:query("select * from visits") end)
end)
Process.sleep(10)
status()                                        -- expect: { count = 3, free = 0, lent = 3, waiting = 1 }
print(DatabasePool.checkin(third))              -- expect: true
print(Task.await(waiter))                       -- expect: 1
print(DatabasePool.checkin(third))              -- expect: false
DatabasePool.checkin(second)
DatabasePool.checkin(first)
status()                                        -- expect: { count = 2, free = 2, lent = 0, waiting = 0 }

-- A borrower that dies in the middle of a transaction gives back what it had, and undoes what it did.
local me = self()
local borrower = spawn(function()
  local conn = DatabasePool.checkout()
  conn:transaction(function()
    conn:execute("update visits set n = 1000000")
    send(me, "begun")
    Process.sleep("infinity")
  end)
end)
receive { { "begun", function() end } }
Process.exit(borrower, "kill")
Process.sleep(10)
status()                                        -- expect: { count = 2, free = 2, lent = 0, waiting = 0 }

-- So does one that raises, whose error goes on.
print(pcall(DatabasePool.with_connection, function(conn) error("no such visitor", 0) end))
-- expect: false	no such visitor

-- Fifty visitors with three connections: each of them is counted.
local visits = {}
for i = 1, 50 do
  visits[i] = Task.async(function()
    return DatabasePool.with_connection(function(conn)
      return conn:transaction(function()
        local n = conn:query("select n from visits where name = ?", "ada")[1].n
        return conn:execute("update visits set n = ? where name = 'ada'", n + 1)
      end)
    end, 60000)
  end)
end
Task.await_many(visits, 60000)
print(inspect(DatabasePool.with_connection(function(conn) return conn:query("select * from visits") end)))
-- expect: { { n = 50, name = "ada" } }

-- A connection that dies is replaced.
local lost = DatabasePool.checkout()
Process.exit(lost.pid, "kill")
print(inspect { lost:query("select 1") })       -- expect: { nil, { "sqlite", "closed", "the connection is closed" } }
status()                                        -- expect: { count = 2, free = 2, lent = 0, waiting = 0 }

-- Stopped with one connection lent: that one is closed too.
local lent = DatabasePool.checkout()
GenServer.stop(DatabasePool)                    -- expect: closed all but	0
print(inspect { lent:query("select 1") })       -- expect: { nil, { "sqlite", "closed", "the connection is closed" } }
os.remove(path)
