-- A registry of one's own: any module with these four functions serves in "via" names.
Book = GenServer.module "Book"
Registry.start_link { keys = "unique", name = "Pages" }
function Book.register_name(name, pid)
  return Registry.register_name({ "Pages", name }, pid)
end
function Book.whereis_name(name) return Registry.whereis_name({ "Pages", name }) end
function Book.unregister_name(name) return Registry.unregister_name({ "Pages", name }) end
function Book.send(name, message) return Registry.send({ "Pages", name }, message) end

Counter = GenServer.module "Counter"
function Counter.init(n) return "ok", n end
function Counter.handle_call.get(n, from) return "reply", n, n end
function Counter.handle_cast.add(n, k) return "noreply", n + k end
function Counter.handle_info.set(n, k) return "noreply", k end

local name = { "via", Book, "counter" }
local pid = GenServer.start_link(Counter, 1, { name = name })
print(GenServer.call(name, "get"))                            -- expect: 1
print(GenServer.cast(name, { "add", 4 }))                     -- expect: true
print(GenServer.call({ "via", "Book", "counter" }, "get"))    -- expect: 5
send(name, { "set", 9 })
print(GenServer.call(name, "get"))                            -- expect: 9
print(GenServer.whereis(name) == pid)                         -- expect: true
local none, reason = GenServer.start_link(Counter, 1, { name = name })
print(none, reason[1], reason[2] == pid)                      -- expect: nil	already_started	true
print(GenServer.stop(name))                                   -- expect: true
print(GenServer.whereis(name))                                -- expect: nil

-- One that raises leaves nobody behind.
function Book.register_name() error("the book is closed") end
local before = #Process.list()
local ok, err = pcall(GenServer.start_link, Counter, 1, { name = name })
print(ok, (tostring(err):gsub("^.-:%d+: ", "")))              -- expect: false	the book is closed
Process.sleep(10)
print(#Process.list() == before)                              -- expect: true

ok, err = pcall(GenServer.call, { "via", { }, "x" }, "get")
print(ok, (tostring(err):gsub("^.-:%d+: ", "")))
-- expect: false	GenServer.call: { "via", {}, "x" } is no registry: it has no function whereis_name
