W = GenServer.module "W"
function W.init(arg)
  if arg == "ignore" then return "ignore" end
  return "ok", arg
end
local sup = Supervisor.start_link({ { W, 1 } }, { strategy = "one_for_one", name = "sup" })
local first = Supervisor.which_children("sup")[1][2]

print(inspect(Supervisor.count_children(sup)))     -- expect: { active = 1, specs = 1, supervisors = 0, workers = 1 }
local none, reason = Supervisor.start_child(sup, { W, 2 })
print(none, reason[1], reason[2] == first)         -- expect: nil	already_started	true
print(is_pid(Supervisor.start_child(sup, { id = 2, start = { W, "start_link", { 2 } } }))) -- expect: true
print(Supervisor.start_child(sup, { id = 3, start = { W, "start_link", { "ignore" } } }))  -- expect: undefined
print(Supervisor.start_child(sup, { id = 3, start = { W, "start_link", { 3 } } }))         -- expect: nil	already_present
print(Supervisor.start_child(sup, { id = 4 }))     -- expect: nil	missing_start

print(Supervisor.terminate_child(sup, W))          -- expect: true
print(Supervisor.terminate_child(sup, "nobody"))   -- expect: nil	not_found
print(is_pid(Supervisor.restart_child(sup, "W")))  -- expect: true
print(Supervisor.restart_child(sup, W))            -- expect: nil	running
print(Supervisor.delete_child(sup, W))             -- expect: nil	running
Supervisor.terminate_child(sup, W)
print(Supervisor.delete_child(sup, W))             -- expect: true
print(Supervisor.restart_child(sup, W))            -- expect: nil	not_found
for _, child in ipairs(Supervisor.which_children(sup)) do print(child[1], is_pid(child[2]) or child[2]) end
-- expect: 3	undefined
-- expect: 2	true

print(Supervisor.stop(sup))                        -- expect: true
local ok, err = pcall(Supervisor.which_children, "sup")
print(inspect(err.reason))    -- expect: { "noproc", { "GenServer", "call", { "sup", "which_children", "infinity" } } }
