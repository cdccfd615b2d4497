W = GenServer.module "W"
function W.init(arg) return "ok", arg end
print(inspect(Supervisor.child_spec(W)))
-- expect: { id = "W", start = { "W", "start_link", { {} } } }
print(inspect(Supervisor.child_spec({ W, 1 }, { id = W, shutdown = 10 })))
-- expect: { id = "W", shutdown = 10, start = { "W", "start_link", { 1 } } }
local given = { id = "a", start = { W, "start_link", { 1 } } }
print(Supervisor.child_spec(given, { id = "b" }).id, given.id)    -- expect: b	a
local ok, set_up = Supervisor.init({ { W, 1 } }, { strategy = "one_for_all", max_restarts = 7 })
print(ok, inspect(set_up[1]))    -- expect: ok	{ intensity = 7, period = 5, strategy = "one_for_all" }
print(inspect(set_up[2]))        -- expect: { { id = "W", start = { "W", "start_link", { 1 } } } }
