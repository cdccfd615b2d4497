Named = GenServer.module "Named"
function Named.init(n) return "ok", n end
function Named.handle_call.get(n, from) return "reply", n, n end

local pid = GenServer.start_link(Named, 1, { name = "first" })
print(GenServer.call("first", "get"))              -- expect: 1
print(GenServer.whereis("first") == pid)           -- expect: true
print(GenServer.whereis("second"))                 -- expect: nil
print(GenServer.whereis(pid) == pid)               -- expect: true

local none, reason = GenServer.start_link(Named, 2, { name = "first" })
print(none, reason[1], reason[2] == pid)           -- expect: nil	already_started	true

-- A module stands for its name.
GenServer.start_link(Named, 3, { name = Named })
print(GenServer.call(Named, "get"))                -- expect: 3
print(GenServer.call("Named", "get"))              -- expect: 3
GenServer.stop(Named)
local ok, err = pcall(GenServer.call, Named, "get", 0)
print(ok or inspect(err.reason[2][3]))             -- expect: { "Named", "get", 0 }

print(GenServer.cast("nobody", "x"))               -- expect: true
GenServer.stop("first")
print(GenServer.whereis("first"))                  -- expect: nil
