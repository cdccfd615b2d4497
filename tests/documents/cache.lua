-- args: --virtual
-- A cache in three forms: written by its users, reading through to the source, and as a table that is
-- read without a message.

-- ---- Written by its users

Cache = GenServer.module "Cache"
function Cache.start_link(options) return GenServer.start_link(Cache, options, { name = Cache }) end
function Cache.get(key) return GenServer.call(Cache, { "get", key }) end
function Cache.put(key, value) return GenServer.cast(Cache, { "put", key, value }) end
function Cache.init() return "ok", {} end
function Cache.handle_call.get(state, from, key) return "reply", state[key], state end
function Cache.handle_cast.put(state, key, value) return "noreply", Map.put(state, key, value) end

Cache.start_link({})
print(Cache.get("answer"))                      -- expect: nil
print(Cache.put("answer", 42))                  -- expect: true
print(Cache.get("answer"))                      -- expect: 42

-- ---- Reading through: asks the source once for each key

ReadThrough = GenServer.module "ReadThrough"
function ReadThrough.init(source) return "ok", { source = source, cache = {} } end
function ReadThrough.handle_call.get(state, from, key)
  local value = state.cache[key]
  if value == nil then
    value = state.source(key)
    state = Map.put(state, "cache", Map.put(state.cache, key, value))
  end
  return "reply", value, state
end

local function timed(fn)
  local began = System.monotonic_time("millisecond")
  local value = fn()
  return value, System.monotonic_time("millisecond") - began
end

local function square_slowly(n)
  Process.sleep(500)
  return n * n
end
local through = GenServer.start_link(ReadThrough, square_slowly)
print(timed(function() return GenServer.call(through, { "get", 9 }) end))   -- expect: 81	500
print(timed(function() return GenServer.call(through, { "get", 9 }) end))   -- expect: 81	0

-- The source is asked inside the callback, so the others wait behind it.
spawn(function() GenServer.call(through, { "get", 10 }) end)
Process.sleep(1)
print(timed(function() return GenServer.call(through, { "get", 9 }) end))   -- expect: 81	499

-- ---- A table: the server owns it and writes, the readers need no server

TableCache = GenServer.module "TableCache"
function TableCache.get(key)
  local rows = ETS.lookup("cache", key)
  return rows[1] and rows[1][2]
end
function TableCache.put(key, value) return GenServer.call("TableCache", { "put", key, value }) end
function TableCache.init()
  return "ok", ETS.new("cache", { "named_table", "protected", read_concurrency = true })
end
function TableCache.handle_call.put(t, from, key, value)
  ETS.insert(t, { key, value })
  return "reply", "ok", t
end

GenServer.start_link(TableCache, nil, { name = TableCache })
print(TableCache.put("answer", 42))             -- expect: ok
sys.suspend(TableCache)                         -- the server is busy …
print(TableCache.get("answer"))                 -- expect: 42
sys.resume(TableCache)
print(pcall(ETS.insert, "cache", { "answer", 43 }))
-- expect: false	errors were found at the given arguments:
-- expect: 
-- expect:   * 1st argument: the table identifier refers to an ETS table with insufficient access rights
-- expect: 
-- expect:     ETS.insert("cache", { "answer", 43 })
