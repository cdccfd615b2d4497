local server = {
  init = function(n) return "ok", n end,
  handle_call = { get = function(n, from) return "reply", n, n end },
}
print(GenServer.call(GenServer.start_link(server, 3), "get"))    -- expect: 3

-- Callbacks may be inherited.
local base = { init = function(n) return "ok", n end }
local derived = setmetatable({
  handle_call = function(request, from, n) return "reply", n + 1, n end,
}, { __index = base })
print(GenServer.call(GenServer.start_link(derived, 3), "get"))   -- expect: 4
