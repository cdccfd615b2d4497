local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Bare = GenServer.module "Bare"
function Bare.init(n) return "ok", n end

local function says(reason, text) return tostring(reason[1]):find(text, 1, true) ~= nil end

local pid = GenServer.start(Bare, 5)
local caught = oracle.caught(function() return GenServer.call(pid, "hello") end)
oracle.show("names the callback", says(caught[2][1], "no handle_call/3 clause was provided"))

pid = GenServer.start(Bare, 5)
local ref = Process.monitor(pid)
GenServer.cast(pid, "hello")
oracle.show("names the callback", says(oracle.down(ref), "no handle_cast/2 clause was provided"))
