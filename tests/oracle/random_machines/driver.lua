-- The same as driver.exs.

local function is_stack(value)
  if type(value) ~= "table" or #value == 0 then return false end
  for _, line in ipairs(value) do
    if type(line) ~= "string" or not line:find("[:%[]") then return false end
  end
  return true
end

local function show(value)
  if is_pid(value) then return "pid" end
  if is_reference(value) then return "ref" end
  if type(value) == "string" then return value:find(": boom$") and "raised" or value end
  if type(value) ~= "table" then return tostring(value) end
  if getmetatable(value) then return tostring(value) end
  if #value == 2 and is_stack(value[2]) then return "crash " .. show(value[1]) end
  local parts = {}
  for i = 1, #value do parts[i] = show(value[i]) end
  return "{" .. table.concat(parts, ", ") .. "}"
end

-- ---- the machine

local function tell(line)
  send(Process.get("main"), { "told", { System.monotonic_time("millisecond"), line } })
end

local function is_possible(action, from)
  if type(action) ~= "table" then return true end
  local wants = action[1] == "reply" and action[2] == "from" or
    action[1] == "next_event" and type(action[2]) == "table" and action[2][2] == "from"
  return from ~= nil or not wants
end

local function prepared(action, from)
  if type(action) ~= "table" then return action end
  if action[1] == "reply" and action[2] == "from" then return { "reply", from, action[3] } end
  if action[1] == "next_event" and type(action[2]) == "table" and action[2][2] == "from" then
    return { "next_event", { "call", from }, action[3] }
  end
  if action[1] == "push_callback_module" or action[1] == "change_callback_module" then
    return { action[1], _G[action[2]] }
  end
  return action
end

local words = { reply = true, next_event = true, postpone = true, hibernate = true, timeout = true,
  state_timeout = true, push_callback_module = true, change_callback_module = true }

-- A tuple of the scenario, as opposed to a list of them.
local function is_one(actions)
  if type(actions) ~= "table" then return true end
  local first, second = actions[1], actions[2]
  if type(first) == "table" then
    return first[1] == "timeout" and (first[2] == "x" or first[2] == "y") and type(second) ~= "table"
      and #first == 2 and #actions > 1 and second ~= "postpone" and second ~= "hibernate" and
      (#actions > 2 or second == "cancel")
  end
  if first == "postpone" or first == "hibernate" then
    return #actions == 2 and (type(second) == "boolean" or second == 7)
  end
  return words[first] or false
end

local function prepare(actions, from)
  if is_one(actions) then return is_possible(actions, from) and prepared(actions, from) or {} end
  local kept = {}
  for _, each in ipairs(actions) do
    if is_possible(each, from) then kept[#kept + 1] = prepared(each, from) end
  end
  return kept
end

local function answer(rule, from)
  local form = rule.form
  if form == "stop" then return "stop", rule.reason, rule.data end
  if form == "bare_stop" then return "stop" end
  if form == "stop_keeping" then return "stop", rule.reason end
  if form == "stop_and_reply" then return form, rule.reason, prepare(rule.replies, from), rule.data end
  if form == "raise" then error("boom") end
  if form == "exit" then exit("left") end
  if form == "nonsense" then return "nonsense" end
  if form == "next_state" then return form, rule.state, rule.data, prepare(rule.actions, from) end
  if form == "keep_state" or form == "repeat_state" then return form, rule.data, prepare(rule.actions, from) end
  return form, prepare(rule.actions, from)
end

local function event(module, type_, content, state, data)
  local from = type_[1] == "call" and type_[2] or nil
  local kind = from and "call" or type_
  if type(content) == "table" then content = "stale" end
  tell(("%s %s: %s %s %s"):format(module, state, show(kind), show(content), data))
  Process.put("fuel", Process.get("fuel") - 1)
  local scenario = Process.get("scenario")
  local rule
  if kind == "enter" then rule = scenario.enters[state] else rule = scenario.rules[state][content] end
  if Process.get("fuel") < 0 then return "keep_state_and_data" end
  if rule then return answer(rule, from) end
  if from then return "keep_state_and_data", { "reply", from, state } end
  return "keep_state_and_data"
end

local function define(name, mode)
  local M = GenStateMachine.module(name)
  M.callback_mode = mode
  function M.init(arg)
    Process.put("scenario", arg.scenario)
    Process.put("main", arg.main)
    Process.put("fuel", 60)
    Process.flag("trap_exit", true)
    return "ok", "a", 0, prepare(arg.scenario.actions)
  end
  function M.handle_event(t, c, s, d) return event(name, t, c, s, d) end
  function M.a(t, c, d) return event(name, t, c, "a", d) end
  function M.b(t, c, d) return event(name, t, c, "b", d) end
  function M.c(t, c, d) return event(name, t, c, "c", d) end
  function M.terminate(r, s, d) tell(("%s ends: %s %s %s"):format(name, show(r), show(s), d)) end
  _G[name] = M
end

define("A", "handle_event_function")
define("B", { "handle_event_function", "state_enter" })
define("C", "state_functions")
define("D", { "state_functions", "state_enter" })

-- ---- the driver

local function gather(tag)
  local lines = {}
  while true do
    local line = receive {
      { { tag, _ }, function(line) return line end }, after = { 0, function() return nil end },
    }
    if not line then return lines end
    lines[#lines + 1] = line
  end
end

local function print_all(lines)
  for _, line in ipairs(lines) do print("    " .. line) end
end

local function plain(type_) return type_[1] == "call" and "call" or type_ end

local function logged(e)
  if e[1] ~= "in" and e[1] ~= "consume" and e[1] ~= "postpone" then return e end
  local content = e[2][2]
  if type(content) == "table" then content = "stale" end
  return { e[1], { plain(e[2][1]), content }, e[3], e[4] }
end

local function print_status(pid, log)
  local pairs, state = sys.get_status(pid)[4][5][2][2], sys.get_status(pid)[4][5][3][2][1][2]
  local postponed, events = {}, {}
  for i, each in ipairs(pairs[6][2]) do postponed[i] = { plain(each[1]), each[2] } end
  for i, each in ipairs(pairs[5][2]) do events[i] = logged(each) end
  print(("    state %s modules %s"):format(show(state), show(pairs[3][2])))
  print(("    timeouts %s postponed %s"):format(show(pairs[4][2]), show(postponed)))
  if log then print("    logged " .. show(events)) end
end

-- Says "(close)" where a real clock might bring things in another order.
local function print_told(told, operation)
  local before = operation
  for _, each in ipairs(told) do
    local time, line = each[1], each[2]
    if time ~= before and time - before < 8 or time - operation > 480 then print("    (close)") end
    print("    " .. line)
    before = time
  end
end

local function print_answers()
  local answers = gather("answer")
  table.sort(answers)
  print_all(answers)
end

local function settle(pid, what, log)
  Process.sleep(500)
  local down = receive {
    { { "EXIT", pid, _ }, function(reason) return "down: " .. show(reason) end },
    after = { 0, function() return nil end },
  }
  print("  " .. what)
  print_told(gather("told"), System.monotonic_time("millisecond") - 500)
  print_answers()
  if down then print("    " .. down) else print_status(pid, log) end
end

local acts = {}

function acts.cast(pid, contents)
  for _, each in ipairs(contents) do GenStateMachine.cast(pid, each) end
end

function acts.info(pid, contents) send(pid, contents[1]) end
function acts.wait() end

function acts.replace(pid, contents)
  sys.replace_state(pid, function(pair) return { contents[1], pair[2] } end)
end

function acts.suspended(pid, contents)
  sys.suspend(pid)
  acts.cast(pid, contents)
  Process.sleep(500)
  sys.resume(pid)
end

function acts.call(pid, contents)
  local main, content = self(), contents[1]
  spawn(function()
    local ok, result = pcall(GenStateMachine.call, pid, content)
    if not ok then result = { "exit", result.reason[1] } end
    send(main, { "answer", ("answer to %s: %s"):format(content, show(result)) })
  end)
end

local function finish(reason, pid)
  local ok, result = pcall(GenStateMachine.stop, pid, reason, "infinity")
  local down = receive { { { "EXIT", pid, _ }, function(why) return why end } }
  Process.sleep(500)
  print("  finish")
  print(("    stop %s down %s"):format(ok and "ok" or show { "exit", result.reason }, show(down)))
  print_told(gather("told"), System.monotonic_time("millisecond") - 500)
  print_answers()
end

local function run(scenario)
  print("seed " .. scenario.seed)
  local opts = scenario.log and { debug = { "log" } } or {}
  local pid = GenStateMachine.start_link(_G[scenario.module], { scenario = scenario, main = self() }, opts)
  settle(pid, "start", scenario.log)
  for _, each in ipairs(scenario.operations) do
    if Process.alive(pid) then
      acts[each[1]](pid, each[2])
      settle(pid, each[1] .. " " .. table.concat(each[2], " "), scenario.log)
    end
  end
  if Process.alive(pid) then finish(scenario.finish, pid) end
end

Logger.configure { level = "none" }
Process.flag("trap_exit", true)
for _, scenario in ipairs(dofile(arg[1])) do run(scenario) end
