Old = GenServer.module "Old"
function Old.init() return "ok", 1 end
function Old.code_change(version, state, extra) return "ok", { version, state, extra } end

local pid = GenServer.start_link(Old)
sys.suspend(pid)
print(sys.change_code(pid, Old, "1.0", { "extra" }))   -- expect: true
sys.resume(pid)
print(inspect(sys.get_state(pid)))                     -- expect: { "1.0", 1, { "extra" } }
