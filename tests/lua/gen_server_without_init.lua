-- A module without init takes the argument as its state, and a warning says so, once.
Lazy = GenServer.module "Lazy"
function Lazy.handle_call.get(n, from) return "reply", n, n end

print(GenServer.call(GenServer.start_link(Lazy, 5), "get"))    -- expect: 5
-- expect error: [warning] function init/1 required by behaviour GenServer is not implemented (in module Lazy).
print(GenServer.call(GenServer.start_link(Lazy, 6), "get"))    -- expect: 6
