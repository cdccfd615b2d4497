local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Fragile = GenServer.module "Fragile"
function Fragile.start_link(n) return GenServer.start_link(Fragile, n) end
function Fragile.init(n) return "ok", n end
function Fragile.handle_cast() error("boom") end

oracle.log_to_stderr()
local sup = Supervisor.start_link({ { Fragile, 7 } }, { strategy = "one_for_one" })
local pid = Supervisor.which_children(sup)[1][2]
GenServer.cast(pid, 1)
oracle.flush_log_of(pid)
