-- args: --virtual
-- Ten thousand children, each killed once, then all stopped: in a time that grows with their number.
W = GenServer.module "W"
function W.init(n) return "ok", n end

local sup = DynamicSupervisor.start_link { strategy = "one_for_one", max_restarts = 20000 }
local pids = {}
for i = 1, 10000 do pids[i] = DynamicSupervisor.start_child(sup, { W, i }) end
for _, pid in ipairs(pids) do Process.exit(pid, "kill") end
Process.sleep(100)
print(inspect(DynamicSupervisor.count_children(sup)))
-- expect: { active = 10000, specs = 10000, supervisors = 0, workers = 10000 }
local children = DynamicSupervisor.which_children(sup)
print(#children, Process.alive(children[1][2]), Process.alive(pids[1]))   -- expect: 10000	true	false
print(DynamicSupervisor.stop(sup))                                        -- expect: true
print(Process.alive(children[1][2]), Process.alive(children[10000][2]))   -- expect: false	false
