Worker = GenServer.module "Worker"
function Worker.init(arg) return "ok", arg end

Own = GenServer.module "Own"
function Own.start_link(a, b) return GenServer.start_link(Own, { a, b }) end
function Own.init(arg) return "ok", arg end
function Own.child_spec(arg)
  return { id = "own", start = { Own, "start_link", { arg, "second" } }, restart = "temporary" }
end

local sup = Supervisor.start_link({
  Worker,
  { id = "given", start = { Worker, "start_link", { 1 } } },
  { Own, "first" },
  { id = "function", start = function() return spawn_link(function() receive() end) end },
  { id = "ids may be anything", start = { "Worker", "start_link", { 3 } } },
}, { strategy = "one_for_one" })

for _, child in ipairs(Supervisor.which_children(sup)) do
  print(child[1], is_pid(child[2]), child[3], inspect(child[4]))
end
-- expect: ids may be anything	true	worker	{ "Worker" }
-- expect: function	true	worker	{}
-- expect: own	true	worker	{ "Own" }
-- expect: given	true	worker	{ "Worker" }
-- expect: Worker	true	worker	{ "Worker" }

local function state(id)
  for _, child in ipairs(Supervisor.which_children(sup)) do
    if child[1] == id then return inspect(sys.get_state(child[2])) end
  end
end
print(state("Worker"))                             -- expect: {}
print(state("given"))                              -- expect: 1
print(state("own"))                                -- expect: { "first", "second" }
print(state("ids may be anything"))                -- expect: 3
