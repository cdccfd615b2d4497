Cache = GenServer.module "Cache"

function Cache.init() return "ok", {} end

function Cache.handle_call.get(state, from, key) return "reply", state[key], state end
function Cache.handle_call.size(state, from)
  local n = 0
  for _ in pairs(state) do n = n + 1 end
  return "reply", n, state
end
Cache.handle_call["_"] = function(state, from, request) return "reply", { "what?", request }, state end

function Cache.handle_cast.put(state, key, value)
  state[key] = value
  return "noreply", state
end
Cache.handle_cast["_"] = function(state, request)
  state.last = request
  return "noreply", state
end

function Cache.handle_info.tell(state, pid, ...)
  send(pid, { select("#", ...), ... })
  return "noreply", state
end

local pid = GenServer.start_link(Cache)
GenServer.cast(pid, { "put", "a", 1 })
GenServer.cast(pid, { "put", "b", { 2 } })
print(GenServer.call(pid, { "get", "a" }))                -- expect: 1
print(inspect(GenServer.call(pid, { "get", "b" })))       -- expect: { 2 }
print(GenServer.call(pid, { "get", "c" }))                -- expect: nil
print(GenServer.call(pid, "size"))                        -- expect: 2
print(inspect(GenServer.call(pid, { "no", "such" })))     -- expect: { "what?", { "no", "such" } }
print(GenServer.call(pid, 7)[2])                          -- expect: 7
GenServer.cast(pid, { 1, 2 })
print(inspect(GenServer.call(pid, { "get", "last" })))    -- expect: { 1, 2 }
GenServer.cast(pid, { kind = "map" })
print(inspect(GenServer.call(pid, { "get", "last" })))    -- expect: { kind = "map" }
send(pid, { "tell", self(), 1, nil, 3 })
print(inspect(receive()))                                 -- expect: { 3, 1, nil, 3 }
