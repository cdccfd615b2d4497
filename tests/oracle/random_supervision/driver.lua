-- driver.lua SCENARIOS: what driver.exs does with the Erlang terms, done with a Lua table.

local function is_array(value)
  local count = 0
  for _ in pairs(value) do count = count + 1 end
  for i = 1, count do
    if value[i] == nil then return false end
  end
  return true
end

local function is_stacktrace(value)
  if type(value) ~= "table" or #value == 0 or not is_array(value) then return false end
  for _, line in ipairs(value) do
    if type(line) ~= "string" or not line:find("[:%[]") then return false end
  end
  return true
end

-- The err of { err, stacktrace }, without its position; nil when value is something else.
local function raised(value)
  if not is_array(value) or #value ~= 2 or not is_stacktrace(value[2]) then return nil end
  return (tostring(value[1]):gsub("^[^\n]-:%d+: ", "", 1))
end

local show

local function show_fields(value, names)
  local keys, parts = {}, {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys)
  for i, key in ipairs(keys) do parts[i] = key .. " = " .. show(value[key], names) end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

local function show_table(value, names)
  local message = raised(value)
  if message then return show({ "raised", message }, names) end
  if next(value) == nil then return "{}" end
  if not is_array(value) then return show_fields(value, names) end
  local parts = {}
  for i = 1, #value do parts[i] = show(value[i], names) end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

function show(value, names)
  if is_pid(value) then return names[value] or "a pid" end
  if is_reference(value) then return "a reference" end
  if type(value) == "string" then return '"' .. value .. '"' end
  if type(value) ~= "table" then return tostring(value) end
  return getmetatable(value) and inspect(value) or show_table(value, names)
end

-- ---- the journal

Journal = GenServer.module "Journal"

function Journal.init()
  return "ok", { names = {}, counts = {}, latest = {}, fails = {}, events = {},
    downs = {}, alive = {}, supervisors = {} }
end

function Journal.handle_call.start(s, from, path, kind)
  local pid, count = from[1], (s.counts[path] or 0) + 1
  local name = path .. "#" .. count
  local answer = table.remove(s.fails[path] or {}, 1) or "ok"
  s.names[pid], s.counts[path] = name, count
  if answer == "ok" then s.latest[path] = { pid, kind } end
  s.events[#s.events + 1] = "start " .. name .. (answer == "ok" and "" or ": " .. answer)
  s.alive[Process.monitor(pid)] = pid
  s.supervisors[pid] = kind == "supervisor" or nil
  return "reply", answer, s
end

function Journal.handle_call.terminate(s, from, reason)
  s.events[#s.events + 1] = "terminate " .. s.names[from[1]] .. ": " .. show(reason, s.names)
  return "reply", "ok", s
end

function Journal.handle_call.fail(s, from, path, answers)
  s.fails[path] = answers
  return "reply", "ok", s
end

function Journal.handle_call.pid(s, from, path) return "reply", s.latest[path] or {}, s end

function Journal.handle_call.names(s) return "reply", s.names, s end

local function answer(s)
  if not s.waiting then return end
  for _, pid in pairs(s.alive) do
    if not s.living[pid] then return end
  end
  if s.wild then table.sort(s.events) end
  table.sort(s.downs)
  table.move(s.downs, 1, #s.downs, #s.events + 1, s.events)
  GenServer.reply(s.waiting, s.events)
  s.waiting, s.events, s.downs, s.wild = nil, {}, {}, nil
end

function Journal.handle_call.settled(s, from, living)
  s.waiting, s.living = from, living
  answer(s)
  return "noreply", s
end

function Journal.handle_info.DOWN(s, ref, _, pid, reason)
  s.alive[ref] = nil
  s.wild = s.wild or reason == "killed" and s.supervisors[pid]
  s.downs[#s.downs + 1] = "down " .. s.names[pid] .. ": " .. show(reason, s.names)
  answer(s)
  return "noreply", s
end

-- ---- the tree

Worker = GenServer.module "Worker"

function Worker.start_link(arg) return GenServer.start_link(Worker, arg) end

local refusals = {
  stop = function() return "stop", "refused" end,
  ignore = function() return "ignore" end,
  raise = function() error("bad start") end,
  exit = function() exit("left") end,
  normal = function() return "stop", "normal" end,
  nonsense = function() return "nonsense" end,
}

function Worker.init(arg)
  Process.flag("trap_exit", arg.spec.trap)
  local answer = GenServer.call(arg.journal, { "start", arg.path, "worker" }, "infinity")
  if answer == "ok" then return "ok", arg end
  return refusals[answer]()
end

function Worker.handle_call.ping(arg) return "reply", "pong", arg end
Worker.handle_cast["end"] = function(arg, reason) return "stop", reason, arg end
function Worker.handle_cast.crash() error("boom") end
function Worker.handle_info(_, arg) return "noreply", arg end

function Worker.terminate(reason, arg)
  GenServer.call(arg.journal, { "terminate", reason }, "infinity")
  if arg.spec.stubborn then Process.sleep(200) end
end

Sup = Supervisor.module "Sup"

function Sup.start_link(arg) return Supervisor.start_link(Sup, arg) end

local function child(journal, path, spec)
  local arg = { journal = journal, path = path .. "." .. spec.id, spec = spec }
  return {
    id = spec.id, start = { spec.kind == "worker" and Worker or Sup, "start_link", { arg } },
    restart = spec.restart, shutdown = spec.shutdown, type = spec.kind, significant = spec.significant,
  }
end

function Sup.init(arg)
  local answer = GenServer.call(arg.journal, { "start", arg.path, "supervisor" }, "infinity")
  if answer == "stop" then exit("refused") end
  if answer == "normal" then exit("normal") end
  if answer ~= "ok" then return refusals[answer]() end
  local spec, children = arg.spec, {}
  for i, each in ipairs(spec.children) do children[i] = child(arg.journal, arg.path, each) end
  return Supervisor.init(children, {
    strategy = spec.strategy, max_restarts = spec.intensity, max_seconds = 3600,
    auto_shutdown = spec.auto_shutdown,
  })
end

-- ---- what has become of the tree

local function below(supervisor)
  local children = {}
  for i, each in ipairs(Supervisor.which_children(supervisor)) do
    local id, pid, type = table.unpack(each)
    if pid == "restarting" or is_pid(pid) and not Process.alive(pid) then error("unsettled") end
    children[i] = { id = id, pid = pid, below = type == "supervisor" and is_pid(pid) and below(pid) or {} }
  end
  return children
end

local function settled_tree(root)
  while is_pid(root) and Process.alive(root) do
    Process.sleep(1)
    local settled, children = pcall(below, root)
    if settled then return { { id = "r", pid = root, below = children } } end
  end
  return {}
end

local function each_of(tree, indent, visit)
  for _, node in ipairs(tree) do
    visit(node, indent)
    each_of(node.below, indent .. "  ", visit)
  end
end

local function step(journal, root, what, result)
  local tree, living = settled_tree(root), {}
  each_of(tree, "", function(node)
    if is_pid(node.pid) then living[node.pid] = true end
  end)
  local events = GenServer.call(journal, { "settled", living }, "infinity")
  local names = GenServer.call(journal, "names")
  print("  " .. what .. " -> " .. show(result, names))
  for _, line in ipairs(events) do print("    " .. line) end
  each_of(tree, "    ", function(node, indent) print(indent .. node.id .. " " .. show(node.pid, names)) end)
end

-- ---- operations

local function caught(fn, ...)
  local results = table.pack(pcall(fn, ...))
  if results[1] then return table.unpack(results, 2, results.n) end
  return { "exit", results[2].reason[1] }
end

local function ended(pid, fn)
  local ref = Process.monitor(pid)
  fn()
  return receive { { { "DOWN", ref, _, _, _ }, function(_, _, reason) return reason end } }
end

local function signal(pid, kind, reason)
  if reason == "kill" or reason ~= "normal" and not Process.info(pid, "trap_exit") then
    return ended(pid, function() Process.exit(pid, reason) end)
  end
  local stranger = spawn(function() receive() Process.exit(pid, reason) end)
  ended(stranger, function() send(stranger, "go") end)
  if kind == "supervisor" then Supervisor.count_children(pid) else GenServer.call(pid, "ping") end
  return "lives_on"
end

-- A request as gen_server:send_request sends it; the answer is read by receive_response.
local function send_request(pid, request)
  local main, ref = self(), make_ref()
  spawn(function()
    local answer = caught(GenServer.call, pid, request, "infinity")
    send(main, { ref, answer })
  end)
  Process.sleep(1)
  return ref
end

local function request(journal, operation)
  local op = operation.op
  if op == "start_child" then return { op, child(journal, operation.path, operation.child) } end
  return operation.id and { op, operation.id } or op
end

local function shortened(op, answer)
  if op == "start_child" and type(answer) == "table" and answer[1] == "error" and type(answer[2]) == "table" then
    local failed = type(answer[2][2]) == "table" and answer[2][2].id
    if failed then return { "error", { answer[2][1] } } end
  end
  return answer
end

local function end_of_child(supervisor, victim)
  ended(victim, function() Process.exit(victim, "kill") end)
  Process.sleep(1)
end

local acts = {}

acts["end"] = function(_, pid, operation)
  return ended(pid, function() GenServer.cast(pid, { "end", operation.reason }) end)
end

function acts.crash(_, pid)
  return ended(pid, function() GenServer.cast(pid, "crash") end)
end

function acts.batch(journal, pid, operation)
  GenServer.call(journal, { "fail", operation.failing.path, operation.failing.answers })
  sys.suspend(pid)
  local victim = GenServer.call(journal, { "pid", operation.victim })
  if victim[1] and Process.alive(victim[1]) then end_of_child(pid, victim[1]) end
  local refs, results = {}, {}
  for i, each in ipairs(operation.requests) do refs[i] = send_request(pid, request(journal, each)) end
  sys.resume(pid)
  for i, each in ipairs(operation.requests) do
    results[i] = receive { { { refs[i], _ }, function(answer) return shortened(each.op, answer) end } }
  end
  return results
end

local function act(op, journal, pid, operation)
  if acts[op] then return acts[op](journal, pid, operation) end
  return shortened(op, caught(GenServer.call, pid, request(journal, operation), "infinity"))
end

local function perform(journal, operation)
  local op = operation.op
  if op == "fail" then return GenServer.call(journal, { "fail", operation.path, operation.answers }) end
  local pid, kind = table.unpack(GenServer.call(journal, { "pid", operation.path }))
  if not pid or not Process.alive(pid) then return "not_alive" end
  if op == "signal" then return signal(pid, kind, operation.reason) end
  if kind ~= ((op == "end" or op == "crash") and "worker" or "supervisor") then return kind end
  return act(op, journal, pid, operation)
end

local function finish(journal, root, how)
  local result = "ended_before"
  if Process.alive(root) then
    result = how == "stop" and (caught(Supervisor.stop, root) and "ok") or
      ended(root, function() Process.exit(root, how) end)
  end
  step(journal, root, "finally " .. how, result)
  local names = GenServer.call(journal, "names")
  receive { { { "EXIT", root, _ }, function(reason) print("  root: " .. show(reason, names)) end } }
end

local function start(journal, root)
  local pid, reason = caught(Sup.start_link, { journal = journal, path = "r", spec = root })
  if is_pid(pid) then return pid, { "ok", pid } end
  if pid == nil then return nil, reason == "ignore" and "ignore" or { "error", reason } end
  return nil, pid
end

local function run(scenario)
  print("seed " .. scenario.seed)
  local journal = GenServer.start(Journal)
  for _, each in ipairs(scenario.fails) do GenServer.call(journal, { "fail", each.path, each.answers }) end
  local root, started = start(journal, scenario.root)
  step(journal, root, "start", started)
  for _, operation in ipairs(scenario.operations) do
    if root and Process.alive(root) then
      local result = perform(journal, operation)
      step(journal, root, operation.op .. " " .. operation.path, result)
    end
  end
  if root then finish(journal, root, scenario.end_) end
  while receive { { _, function() return true end }, after = { 0, function() return false end } } do end
  GenServer.stop(journal)
end

Logger.configure { level = "none" }
Process.flag("trap_exit", true)
for _, scenario in ipairs(dofile(arg[1])) do run(scenario) end
