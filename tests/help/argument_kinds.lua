-- What is right and what is wrong for which argument of which function.
--
-- Every argument in the signature of a help text is of a kind, found by its name (kinds) unless the
-- function says otherwise (functions, by the argument's name). A kind makes a valid value, and says
-- which of the probes are right too; all others are wrong.

-- ---- What is tried

probe_names = { "integer", "negative", "fraction", "string", "boolean", "table", "fn", "coroutine",
  "pid", "ref", "nil" }
probes = {
  integer = 12, negative = -7, fraction = 1.5, string = "no such thing", boolean = true,
  table = {}, fn = function() end, coroutine = coroutine.create(function() end), pid = self(),
  ref = make_ref(),
}

-- make: a function that returns a valid value. right: the names of the probes that are right.
-- more: wrong = further values that are wrong; options = the kinds of a table's options by name;
-- words = what errors say that are in Elixir's own words (patterns); passes: options that nobody
-- knows do; answered and by: see below.
local function kind(make, right, more)
  local result = { make = make, right = {}, wrong = {} }
  for name in right:gmatch("%S+") do result.right[name] = true end
  for key, value in pairs(more or {}) do result[key] = value end
  return result
end

-- Makes a copy each time.
local function constant(value)
  return function()
    if type(value) == "table" then return table.move(value, 1, #value, 1, Map.merge(value, {})) end
    return value
  end
end

local serial = 0
local function fresh(name)
  serial = serial + 1
  return name .. serial
end

-- ---- Processes and modules to be valid

local function idle() return spawn(function() Process.sleep("infinity") end) end

Counter = GenServer.module "Counter"
function Counter.init(n) return "ok", n end
function Counter.handle_call(request, from, n) return "reply", n, n end
function Counter.handle_cast(request, n) return "noreply", n end
function Counter.handle_info(message, n) return "noreply", n end
function Counter.code_change(old, n) return "ok", n end
function Counter.id(n) return n end

Machine = GenStateMachine.module "Machine"
function Machine.init() return "ok", "idle", 0 end
function Machine.handle_event(type) return "keep_state_and_data" end

Top = Supervisor.module "Top"
function Top.init() return Supervisor.init({}, { strategy = "one_for_one" }) end

Pool = DynamicSupervisor.module "Pool"
function Pool.init() return DynamicSupervisor.init{} end

Size = Protocol.define("Size", { "size" })

local function counter() return GenServer.start(Counter, 1) end
local function machine() return GenStateMachine.start(Machine) end
local function new_registry()
  local name = fresh("Registry")
  Registry.start_link{ keys = "unique", name = name }
  return name
end
local function supervisor() return Supervisor.start_link({}, { strategy = "one_for_one" }) end
local function pool() return DynamicSupervisor.start_link{} end
local function pubsub()
  local name = fresh("PubSub")
  PubSub.start_link{ name = name }
  return name
end
local function partitions()
  local name = fresh("Parts")
  PartitionSupervisor.start_link{ name = name, child_spec = DynamicSupervisor }
  return name
end
local function task() return Task.async(function() return 1 end) end
local function table_of_terms()
  local t = ETS.new("t", { "public" })
  ETS.insert(t, { 1, 1 })
  return t
end
local function named_table() return ETS.new(fresh("t"), { "named_table" }) end
local function web_server() return HTTP.serve{ handler = function() return 200 end } end
local function timer() return Process.send_after(self(), "tick", 1000) end
local function connection() return Database.connect{ path = ":memory:" } end
local function application()
  local name = fresh("App")
  Application.module(name)
  return name
end

Process.flag("trap_exit", true)

-- ---- Kinds

local ALL = "integer negative fraction string boolean table fn coroutine pid ref nil"

local value = kind(constant(1), ALL)          -- of any type, that stays
local SENDABLE = ALL:gsub("coroutine ", "")
local term = kind(constant(1), SENDABLE)      -- that goes to another process
local text = kind(constant("text"), "string")
local name = kind(function() return fresh("Name") end, "string")
local flag = kind(constant(true), "boolean")
local fn = kind(function() return function() return 1 end end, "fn")
local map = kind(constant({}), "table")
local module = kind(function() return Counter end, "table")
local pid = kind(idle, "pid")
local natural = kind(constant(1), "integer")
local integer = kind(constant(1), "integer negative")
local number = kind(constant(1), "integer negative fraction")
local ms = kind(constant(1), "integer fraction")
local server = kind(counter, "string pid")
local dest = kind(idle, "pid string", { wrong = { { "a", 12 } } })
local via = kind(function() return { new_registry(), "key" } end, "", { wrong = { { 12 } } })
local node = kind(function() return Node.self() end, "string")
local decimal = kind(constant("1.5"), "integer negative", { wrong = { "1.5x", "" },
  words = { "^implicit conversion of .* to Decimal is not allowed", "number parsing syntax: ",
    "^cannot convert .* without losing precision" } })
local enumerable = kind(constant({ 1, 2 }), "table fn")
local child = kind(function() return Counter end, "",
  { words = { "supervisors expect each child to be one of the following" } })
local bad_specifications = { wrong = { { 12 }, { { {}, {} } } } }
local specification = kind(constant({ { { "$1", "_" }, {}, { "$1" } } }), "table",
  bad_specifications)
local actor = kind(constant("a"), "string pid integer negative")
local member = kind(constant("a"), "string pid")
local pncounter = kind(function() return CRDT.pncounter() end, "")
local set = kind(function() return CRDT.orset() end, "")
local context = kind(constant({ precision = 3 }), "table",
  { wrong = { { precision = "a" }, { rounding = "sideways" } } })

local function word(right) return kind(constant(right), "") end

-- The same kind where nil is right too.
function optional(of)
  local copy = {}
  for key, field in pairs(of) do copy[key] = field end
  copy.right = { ["nil"] = true }
  for probe in pairs(of.right) do copy.right[probe] = true end
  return copy
end

-- A table of options with kinds of their own. valid: makes those that must be given.
local function options(named, valid)
  return kind(valid or constant({}), valid and "" or "table", { options = named })
end

-- What is wrong may be answered by nil and a reason, or told in one of these words.
local function answered(kind, ...)
  kind.answered, kind.words = true, { ... }
  return kind
end

-- by: who complains of the options instead. Those of Agent are said to be those of GenServer.
local start = options {
  name = optional(name), timeout = optional(ms), hibernate_after = optional(ms),
  debug = term, spawn_opt = value,
}
start.by = { ["Agent.start"] = "GenServer.start", ["Agent.start_link"] = "GenServer.start_link" }
local function with_name() return { name = fresh("Name"), keys = "unique" } end
local named = answered(options({ name = name }, function() return { name = fresh("Name") } end),
  "the name option is required")

-- By the argument's name, as signatures have it.
kinds = {
  ["..."] = value, acc = value, actor = actor, agent = server,
  app = kind(application, "string"), arg = term, arguments = map, bytes = text,
  child = child, children = map,
  co = kind(function() return coroutine.create(print) end, "coroutine"),
  conn = kind(connection, ""), context = context, count = natural,
  crdt = pncounter, data = term, datetime = kind(DateTime.utc_now, ""), default = value,
  dest = dest, dispatcher = kind(function() end, "nil"), enumerable = enumerable, event = term, extra = term, f = fn, file = text,
  flag = flag,
  float = kind(constant(1.5), "fraction integer negative"), fn = fn, fraction = number, from = pid,
  fun = fn, guards = map, i = natural, id = term, item = text, key = term, label = term,
  iodata = kind(constant({ "a", { 10 } }), "string table integer"), limit = natural, map = map,
  message = term, metadata = map, module = module, Module = module, ms = ms, n = natural,
  name = name, node = node, num = decimal, num1 = decimal, num2 = decimal,
  object = kind(constant({ 1, 1 }), ""), object_or_list = kind(constant({ 1, 1 }), ""),
  old_version = term, opts = start, order = fn, pattern = term, pid = pid, position = natural,
  process = dest, protocol = kind(function() return Size end, ""), pubsub = kind(pubsub, "string"),
  reason = term, ref = kind(timer, "ref"), registry = kind(new_registry, "string"), request = term,
  ring = kind(function() return Ring.new{ "a" } end, ""), server = server,
  spec = specification, specification = specification, sql = text,
  status = kind(constant(0), "integer negative boolean"),
  supervisor = kind(supervisor, "string pid"), t = map, table = kind(table_of_terms, ""),
  task = kind(task, ""), tasks = kind(function() return { task() } end, "table"), text = text,
  threshold = decimal, timeout = optional(ms), topic = text, type = answered(word "temporary"),
  unit = word "millisecond", url = text, value = value,
  level = word "error", ["self()"] = kind(self, "pid"),
  ['"function"'] = kind(constant("id"), "", { wrong = { "no_such" } }),
  ["{ arg, … }"] = map, ["{ registry, key }"] = via, ["{ registry, key [, value] }"] = via,
  ["{ name, key }"] = kind(function() return { partitions(), "key" } end, "",
    { wrong = { { 12 } } }),
}

local DECIMAL_LIMITS = '{ max_digits = "infinity", max_exponent = "infinity" }'
local decimal_limits = options { max_digits = optional(natural), max_exponent = optional(natural) }
local HTTP_REQUEST =
  '{ url =, method = "GET", headers =, body =, timeout = 8000, recv_timeout = 5000, … }'
local HTTP_SERVE = "{ port = 0, handler = fn, max_body = 8 MiB }"
local request_options = {
  headers = optional(map), method = optional(text), body = optional(text), timeout = optional(ms),
  recv_timeout = optional(ms), request_timeout = optional(ms), max_body = optional(natural),
  max_redirect = optional(natural), follow_redirect = optional(flag), cacert = optional(text),
}
local crdt_value = kind(constant("a"), "string integer negative fraction boolean pid")
local supervisor_options = options({ strategy = word "one_for_one", name = optional(name),
  max_restarts = optional(natural), max_seconds = optional(natural),
  auto_shutdown = optional(word "never") }, constant { strategy = "one_for_one" })
answered(supervisor_options, "expected strategy option to be given",
  "intensity: a coroutine", "period: a coroutine")
local pool_options = options { strategy = optional(word "one_for_one"), name = optional(name),
  max_restarts = optional(natural), max_seconds = optional(natural),
  max_children = optional(natural), extra_arguments = optional(map) }
pool_options.right["nil"] = true
answered(pool_options, "intensity: a coroutine", "period: a coroutine")
local registry_options = options({ keys = word "unique", name = name, listeners = optional(map),
  partitions = optional(natural), meta = optional(map) }, with_name)
local parameter = kind(constant(1), "table integer negative fraction string boolean nil")
local parameters = kind(constant({}), "table integer negative fraction string boolean nil")
local continuation = kind(function()
  local t = ETS.new("t")
  ETS.insert(t, { { 1 }, { 2 } })
  local found, more = ETS.select(t, { { { "$1" }, {}, { "$1" } } }, 1)
  return more
end, "")
local replacement = kind(constant({ { { "$1", "_" }, {}, { "$_" } } }), "table", bad_specifications)
local registry_spec = kind(constant({ { { "$1", "_", "_" }, {}, { true } } }), "table",
  bad_specifications)
local registered_via = kind(function()
  local name = new_registry()
  Registry.register(name, "key")
  return { name, "key" }
end, "", { wrong = { { 12 } } })
local GLOBAL_NAME = SENDABLE:gsub(" nil", "")
local global_name = kind(constant("a"), GLOBAL_NAME)
local lock = kind(constant({ "printer", 1 }), "", { wrong = { { 12 } } })
local function registered_globally()
  local name = fresh("Name")
  global.register_name(name, self())
  return name
end
-- What a function returned behind the value that is to be inspected is no table of options.
local second_value = kind(constant({}), ALL, { passes = true, options = {
  limit = optional(natural), width = optional(natural) } })
local order = kind(constant("asc"), "fn")
local nodes = kind(function() return { Node.self() } end, "table", { wrong = { { 12 } } })
local from = kind(constant({ self(), make_ref() }), "", { wrong = { { 1, 2 } } })
local clauses = kind(function()
  return { { { _, function() end } }, after = { 0, function() end } }
end, "table nil", { wrong = { { 12 } } })

local agent_fn = kind(fn.make, "fn table")
local agent_module = kind(module.make, "table fn")
local task_function = kind(constant("id"), "", { wrong = { "no_such" } })
local async = { opts = map, fn = agent_fn, Module = agent_module, ['"function"'] = task_function,
  ["{ arg, … }"] = optional(map) }
local stream = { opts = options {
  max_concurrency = optional(natural), timeout = optional(ms), on_timeout = optional(word "exit"),
}, fn = agent_fn, Module = agent_module, ['"function"'] = task_function,
  ["{ arg, … }"] = optional(map) }
local machine_module = kind(function() return Machine end, "table")

-- By the function's path and the argument's name, where the name alone does not tell.
functions = {
  ["Agent.cast"] = { fn = agent_fn, Module = agent_module, name = word "id" },
  ["Agent.get"] = { fn = agent_fn, Module = agent_module, name = word "id" },
  ["Agent.get_and_update"] = { fn = agent_fn, Module = agent_module, name = word "id" },
  ["Agent.start"] = { fn = agent_fn, Module = agent_module, name = word "id" },
  ["Agent.start_link"] = { fn = agent_fn, Module = agent_module, name = word "id" },
  ["Agent.update"] = { fn = agent_fn, Module = agent_module, name = word "id" },
  ["Application.format_error"] = { reason = value },
  ["Application.spec"] = { key = value },
  ["CRDT.add"] = { crdt = set, value = crdt_value },
  ["CRDT.member"] = { crdt = set, value = crdt_value },
  ["CRDT.merge"] = { other = pncounter },
  ["CRDT.remove"] = { crdt = set, value = crdt_value },
  ["Database.connect"] = { options = options({
    path = text, read_only = optional(flag), busy_timeout = optional(ms),
    max_result = optional(natural), journal_mode = optional(word "memory"),
    synchronous = optional(word "full"),
  }, constant { path = ":memory:" }) },
  ["Database.execute"] = { ["…"] = parameter, ["{ name = value, … }"] = parameters },
  ["Database.query"] = { ["…"] = parameter, ["{ name = value, … }"] = parameters },
  ["Database.transaction"] = { fn = fn },
  ["Decimal.cast"] = { value = value, [DECIMAL_LIMITS] = decimal_limits },
  ["Decimal.Context.update"] = { fn = kind(function() return function(c) return c end end, "fn") },
  ["Decimal.is_decimal"] = { value = value },
  ["Decimal.parse"] = { [DECIMAL_LIMITS] = decimal_limits },
  ["Decimal.round"] = { places = integer, mode = word "half_up" },
  ["Decimal.to_integer"] = { num = kind(constant(1), "integer negative",
    { wrong = { "1.5" }, words = decimal.words }) },
  ["Decimal.to_string"] = { format = word "normal",
    ["{ max_digits = 10000000 }"] = options { max_digits = optional(natural) } },
  ["DynamicSupervisor.child_spec"] = { opts = kind(constant({}), "table nil") },
  ["DynamicSupervisor.init"] = { opts = map },
  ["DynamicSupervisor.start_link"] = { opts = pool_options, ["opts@3"] = start,
    module = kind(function() return Pool end, "table nil") },
  ["DynamicSupervisor.start_child"] = { supervisor = kind(pool, "string pid") },
  ["DynamicSupervisor.terminate_child"] = { supervisor = kind(pool, "string pid") },
  ["DynamicSupervisor.which_children"] = { supervisor = kind(pool, "string pid") },
  ["DynamicSupervisor.count_children"] = { supervisor = kind(pool, "string pid") },
  ["DynamicSupervisor.stop"] = { supervisor = kind(pool, "string pid") },
  ["ETS.foldl"] = { fun = kind(function() return function(x, acc) return acc end end, "fn") },
  ["ETS.foldr"] = { fun = kind(function() return function(x, acc) return acc end end, "fn") },
  ["ETS.info"] = { table = kind(table_of_terms, "string ref"), item = kind(constant("size"), "") },
  ["ETS.delete_object"] = { object = kind(constant({ 1 }), "") },
  ["ETS.test_ms"] = { object = kind(constant({ 1, 1 }), "table") },
  ["ETS.new"] = { opts = kind(constant({ "set" }), "table",
    { wrong = { { "no_such" }, { keypos = 0 }, { heir = 12 }, { no_such = true } } }) },
  ["ETS.safe_fixtable"] = { boolean = flag },
  ["ETS.setopts"] = { ["{ heir = heir }"] = kind(constant({ heir = "none" }), "",
    { wrong = { { heir = 12 }, { no_such = true } } }) },
  ["ETS.update_counter"] = { operation = kind(constant(1), "integer negative table",
    { wrong = { { 0, 1 }, { 2, "a" } } }), default = kind(constant({ 1, 1 }), "nil") },
  ["ETS.update_element"] = { ["{ position, value }"] = kind(constant({ 2, 1 }), "table",
    { wrong = { { 0, 1 }, { "a", 1 } } }) },
  ["ETS.select"] = { continuation = continuation },
  ["ETS.select_reverse"] = { continuation = continuation },
  ["ETS.select_replace"] = { specification = replacement },
  ["ETS.rename"] = { table = kind(named_table, "") },
  ["Enum.chunk_every"] = { step = natural, leftover = map },
  ["Enum.compare"] = { a = value, b = value },
  ["Enum.drop"] = { count = integer },
  ["Enum.find"] = { fun = fn },
  ["Enum.join"] = { joiner = text },
  ["Enum.sort"] = { order = order },
  ["Enum.sort_by"] = { order = order },
  ["Enum.take"] = { count = integer },
  ["Enum.with_index"] = { offset = integer },
  ["Enum.flat_map"] = { fun = kind(function() return function(x) return { x } end end, "fn") },
  ["Enum.zip"] = { enumerable1 = enumerable, enumerable2 = enumerable },
  ["GenServer.abcast"] = { nodes = nodes, name = text },
  ["GenServer.multi_call"] = { nodes = nodes, name = text },
  ["GenServer.reply"] = { from = from },
  ["GenStateMachine.call"] = { server = kind(machine, "string pid") },
  ["GenStateMachine.module"] = { states = kind(constant({ "off" }), "table",
    { wrong = { { 12 } } }) },
  ["GenStateMachine.reply"] = { from = from },
  ["GenStateMachine.start"] = { module = machine_module },
  ["GenStateMachine.start_link"] = { module = machine_module },
  ["HTTP.get"] = { opts = options(request_options) },
  ["HTTP.request"] = { [HTTP_REQUEST] = options(request_options, constant { url = "no://such" }) },
  ["HTTP.serve"] = { [HTTP_SERVE] = options({ port = optional(natural), handler = fn,
    max_body = optional(natural) }, constant { handler = function() return 200 end }) },
  ["HTTP.stop"] = { server = kind(web_server, "") },
  ["Logger.configure"] = { options = options {
    level = optional(word "error"), handle_sasl_reports = optional(flag),
    metadata = optional(map), format = optional(text),
  } },
  ["Logger.log"] = { level = word "error", message = value },
  ["Logger.alert"] = { message = value },
  ["Logger.compare_levels"] = { left = word "error", right = word "info" },
  ["Logger.critical"] = { message = value },
  ["Logger.emergency"] = { message = value },
  ["Logger.debug"] = { message = value },
  ["Logger.error"] = { message = value },
  ["Logger.info"] = { message = value },
  ["Logger.notice"] = { message = value },
  ["Logger.warn"] = { message = value },
  ["Logger.warning"] = { message = value },
  ["Logger.metadata"] = { key = text, fields = map,
    value = kind(constant(1), SENDABLE, { words = { "metadata%.text: a coroutine" } }) },
  ["Logger.reset_metadata"] = { fields = map },
  ["Map.delete"] = { key = value },
  ["Map.get"] = { key = value },
  ["Map.has_key"] = { key = value },
  ["Map.put"] = { key = value },
  ["Map.merge"] = { map1 = map, map2 = map },
  ["Map.new"] = { pairs = kind(constant({ { "a", 1 } }), "table fn", { wrong = { { 1 } } }) },
  ["Map.update"] = { key = value, fun = fn },
  ["Node.at_start"] = { child = map },
  ["Node.list"] = { which = word "visible" },
  ["Node.stop"] = { node = kind(function() return Node.start(fresh("n")) end, "string") },
  ["PartitionSupervisor.child_spec"] = { opts = optional(map) },
  ["PartitionSupervisor.start_link"] = { opts = answered(options({
    name = name, child_spec = child, partitions = optional(natural), with_arguments = optional(fn),
    strategy = optional(word "one_for_one"), max_restarts = optional(natural),
    max_seconds = optional(natural),
  }, function() return { name = fresh("Parts"), child_spec = DynamicSupervisor } end),
    "the [%w_]+ option must be",
    "intensity: a coroutine", "period: a coroutine", "supervisors expect each child") },
  ["PartitionSupervisor.count_children"] = { name = kind(partitions, "string pid") },
  ["PartitionSupervisor.partitions"] = { name = kind(partitions, "string pid") },
  ["PartitionSupervisor.stop"] = { name = kind(partitions, "string pid") },
  ["PartitionSupervisor.which_children"] = { name = kind(partitions, "string pid") },
  ["Process.flag"] = { flag = word "trap_exit", value = flag },
  ["Process.cancel_timer"] = { opts = options { info = optional(flag), async = optional(flag) } },
  ["Process.send_after"] = { opts = options { abs = optional(flag) } },
  ["Process.demonitor"] = { opts = kind(constant({ "flush" }), "table",
    { wrong = { { "no_such" }, { 12 } } }) },
  ["Process.get"] = { default = value },
  ["Process.info"] = { key = kind(constant("links"), "table", { wrong = { { 12 } } }) },
  ["Protocol.define"] = { functions = kind(constant({ "size" }), "table", { wrong = { { 12 } } }) },
  ["Protocol.impl"] = { type = kind(constant("Any"), "string"),
    functions = kind(constant({ size = print }), "table", { wrong = { { colour = print } } }) },
  ["PubSub.child_spec"] = { opts = map },
  ["PubSub.start_link"] = { opts = named },
  ["PubSub.subscribe"] = { opts = options { metadata = kind(constant(1), SENDABLE,
    { words = { "{ key, value }%[2%]: a coroutine" } }) } },
  ["Registry.child_spec"] = { opts = map },
  ["Registry.dispatch"] = { opts = kind(constant({}), "table") },
  ["Registry.send"] = { ["{ registry, key }"] = registered_via },
  ["Registry.count_select"] = { spec = registry_spec },
  ["Registry.select"] = { spec = registry_spec },
  ["Registry.start_link"] = { opts = registry_options },
  ["Registry.register_name"] = { ["{ registry, key [, value] }"] = via },
  ["Ring.add"] = { node = member },
  ["Ring.remove"] = { node = member },
  ["Ring.new"] = { replicas = natural,
    nodes = kind(constant({ "a" }), "table", { wrong = { { 12 } } }) },
  ["Ring.node"] = { key = value },
  ["Ring.owners"] = { key = value },
  ["Supervisor.child_spec"] = { overrides = kind(constant({}), "table",
    { wrong = { { no_such_key = 1 } }, words = { 'unknown key no_such_key' } }) },
  ["Supervisor.init"] = { opts = kind(supervisor_options.make, "",
    { words = { "expected strategy option to be given" } }) },
  ["Supervisor.start_link"] = { opts = supervisor_options, ["opts@3"] = start,
    module = kind(function() return Top end, "table") },
  ["Task.Supervisor.async"] = async,
  ["Task.Supervisor.async_nolink"] = async,
  ["Task.Supervisor.async_stream"] = stream,
  ["Task.Supervisor.async_stream_nolink"] = stream,
  ["Task.Supervisor.start_child"] = async,
  ["Task.Supervisor.child_spec"] = { opts = kind(constant({}), "table nil") },
  ["Task.async"] = async,
  ["Task.async_stream"] = stream,
  ["Task.start"] = async,
  ["Task.start_link"] = async,
  ["Task.Supervisor.start_link"] = { opts = answered(options { name = optional(name),
    max_children = optional(natural), max_restarts = optional(natural),
    max_seconds = optional(natural) }) },
  ["Task.shutdown"] = { timeout = kind(constant("brutal_kill"), "integer fraction") },
  ["global.del_lock"] = { id = lock, nodes = nodes },
  ["global.notify_all_name"] = { name = global_name, pid1 = pid, pid2 = pid },
  ["global.random_exit_name"] = { name = global_name, pid1 = pid, pid2 = pid },
  ["global.random_notify_name"] = { name = global_name, pid1 = pid, pid2 = pid },
  ["global.re_register_name"] = { name = global_name, resolve = fn },
  ["global.register_name"] = { name = global_name, resolve = fn },
  ["global.send"] = { name = kind(registered_globally, GLOBAL_NAME,
    { words = { '^%*%* %(exit%) { "badarg", ' } }) },
  ["global.set_lock"] = { id = lock, nodes = nodes, retries = natural },
  ["global.trans"] = { id = lock, nodes = nodes, retries = natural },
  ["global.unregister_name"] = { name = global_name },
  ["global.whereis_name"] = { name = global_name },
  collectgarbage = { option = word "count" },
  equal = { a = value, b = value },
  h = { what = value },
  help = { what = value },
  dofile = { name = text },
  ["erlang.memory"] = { item = word "ets" },
  ["erlang.system_info"] = { item = word "ets_count" },
  ["io.write"] = { ["..."] = kind(constant("a"), "integer negative fraction string") },
  inspect = { value = value, ["{ limit = 50, width = 80 }"] = second_value },
  load = { mode = text, environment = map, text = kind(constant("return 1"), "string fn") },
  log = { n = natural },
  match = { value = value, ["{ { pattern, function }, … }"] = kind(clauses.make, "",
    { wrong = { { 12 } }, words = { "no match of right hand side value" } }) },
  receive = { ["{ { pattern, function }, …, after = { milliseconds, function } }"] = clauses },
  ["math.random"] = { m = integer, n = kind(constant(10), "integer") },
  ["math.randomseed"] = { seed = number },
  ["net.delay"] = { from = node, to = node },
  ["net.loss"] = { from = node, to = node },
  ["net.split"] = { opts = options { noticed_after = optional(ms) }, groups = kind(function()
    return { { Node.start(fresh("n")) }, { Node.start(fresh("n")) } }
  end, "", { wrong = { { { 12 }, { 13 } } } }) },
  next = { key = value },
  ["os.date"] = { format = text, time = integer },
  ["os.time"] = { table = kind(constant({ year = 2024, month = 1, day = 1 }), "table") },
  ps = { order = word "age", most = natural },
  struct = { fields = kind(constant({ "a" }), "table", { wrong = { { 12 } } }) },
  ["sys.log"] = { flag = kind(constant("get"), "boolean", { wrong = { { true, "many" } } }) },
  ["sys.replace_state"] = { fn = fn },
  ["sys.change_code"] = { module = kind(module.make, "table string") },
  ["sys.statistics"] = { flag = kind(constant("get"), "boolean") },
  v = { n = integer },
}

-- What ends the program when its arguments are valid.
without_trial = { ["os.exit"] = true, quit = true }
