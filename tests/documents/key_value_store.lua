-- args: --virtual
-- The first exercise: a store of keys and values, with values that expire.

KeyValueStore = GenServer.module "KeyValueStore"

function KeyValueStore.start_link(options)
  return GenServer.start_link(KeyValueStore, nil, options)
end
function KeyValueStore.put(store, key, value, ttl)
  return GenServer.call(store, { "put", key, value, ttl })
end
function KeyValueStore.get(store, key, default)
  local value = GenServer.call(store, { "get", key })
  if value == nil then return default end
  return value
end
function KeyValueStore.delete(store, key) return GenServer.call(store, { "delete", key }) end
function KeyValueStore.keys(store) return GenServer.call(store, "keys") end

-- Each entry knows the reference of its put: a timer that was set for an earlier one finds another
-- there, and leaves it alone.
function KeyValueStore.init() return "ok", {} end

function KeyValueStore.handle_call.put(entries, from, key, value, ttl)
  local entry = { value = value, ref = make_ref() }
  if ttl then Process.send_after(self(), { "expire", key, entry.ref }, ttl) end
  return "reply", "ok", Map.put(entries, key, entry)
end
function KeyValueStore.handle_call.get(entries, from, key)
  return "reply", entries[key] and entries[key].value, entries
end
function KeyValueStore.handle_call.delete(entries, from, key)
  return "reply", "ok", Map.delete(entries, key)
end
function KeyValueStore.handle_call.keys(entries) return "reply", Map.keys(entries), entries end

function KeyValueStore.handle_info.expire(entries, key, ref)
  if entries[key] and entries[key].ref == ref then entries = Map.delete(entries, key) end
  return "noreply", entries
end

local store = KeyValueStore.start_link()
local S = KeyValueStore
print(S.put(store, "a", 1), S.put(store, "b", { 2, "two" }))    -- expect: ok	ok
print(S.get(store, "a"), inspect(S.get(store, "b")))            -- expect: 1	{ 2, "two" }
print(S.get(store, "c"), S.get(store, "c", "none"))             -- expect: nil	none
print(inspect(S.keys(store)))                                   -- expect: { "a", "b" }
print(S.delete(store, "a"), S.get(store, "a"))                  -- expect: ok	nil

S.put(store, "session", "ada", 1000)
Process.sleep(999)
print(S.get(store, "session"))                                  -- expect: ada
Process.sleep(1)
print(S.get(store, "session"))                                  -- expect: nil

S.put(store, "session", "ada", 1000)
Process.sleep(600)
S.put(store, "session", "bob", 1000)
Process.sleep(600)
print(S.get(store, "session"))                                  -- expect: bob
Process.sleep(400)
print(S.get(store, "session"))                                  -- expect: nil
