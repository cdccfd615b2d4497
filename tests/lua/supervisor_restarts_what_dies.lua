-- args: --virtual
Logger.configure { level = "none" }
W = GenServer.module "W"
function W.start_link(id) return GenServer.start_link(W, id, { name = id }) end
function W.init(id) return "ok", id end
function W.handle_cast.crash(id) error("boom") end

local function tree(strategy)
  local children = {}
  for i, id in ipairs { "a", "b", "c" } do children[i] = Supervisor.child_spec({ W, id }, { id = id }) end
  local sup = Supervisor.start_link(children, { strategy = strategy })
  local before = {}
  for _, id in ipairs { "a", "b", "c" } do before[id] = Process.whereis(id) end
  GenServer.cast("b", "crash")
  Process.sleep(10)
  local changed = {}
  for _, id in ipairs { "a", "b", "c" } do
    if Process.whereis(id) ~= before[id] then changed[#changed + 1] = id end
  end
  print(strategy, table.concat(changed, " "))
  Supervisor.stop(sup)
end
tree("one_for_one")     -- expect: one_for_one	b
tree("one_for_all")     -- expect: one_for_all	a b c
tree("rest_for_one")    -- expect: rest_for_one	b c
