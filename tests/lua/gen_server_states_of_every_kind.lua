Box = GenServer.module "Box"
function Box.init(value) return "ok", value end
function Box.handle_call.swap(state, from, value) return "reply", state, value end

local pid = GenServer.start_link(Box, 1)
local function swap(value) print(inspect(GenServer.call(pid, { "swap", value }))) end
swap("short")                                      -- expect: 1
swap(("long "):rep(5))                             -- expect: "short"
swap({ a = { 1, 2 } })                             -- expect: "long long long long long "
swap({ "another" })                                -- expect: { a = { 1, 2 } }
swap(2.5)                                          -- expect: { "another" }
swap(true)                                         -- expect: 2.5
swap(nil)                                          -- expect: true
swap(function() return 7 end)                      -- expect: nil
local fn = GenServer.call(pid, { "swap", "last" })
print(fn())                                        -- expect: 7
print(sys.get_state(pid))                          -- expect: last

-- The state is the server's own: what it was started with, and what it hands out, are copies.
local mine = { n = 1 }
pid = GenServer.start_link(Box, mine)
mine.n = 2
local theirs = sys.get_state(pid)
theirs.n = 3
print(sys.get_state(pid).n)                        -- expect: 1
