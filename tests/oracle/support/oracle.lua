local oracle = {}
local numbers = { P = {}, R = {} }
local counts = { P = 0, R = 0 }

local function numbered(letter, value)
  if not numbers[letter][value] then
    counts[letter] = counts[letter] + 1
    numbers[letter][value] = letter .. counts[letter]
  end
  return numbers[letter][value]
end

local function quote(text)
  return '"' .. text:gsub('[\\"]', "\\%0"):gsub("\n", "\\n") .. '"'
end

local function message_of(err)
  return (tostring(err):gsub("^[^\n]-:%d+: ", "", 1))
end

local function is_array(value)
  local count = 0
  for _ in pairs(value) do count = count + 1 end
  for i = 1, count do
    if value[i] == nil then return false end
  end
  return true
end

local function is_stacktrace(value)
  if type(value) ~= "table" or not is_array(value) then return false end
  for i = 1, #value do
    if type(value[i]) ~= "string" then return false end
  end
  return true
end

local function is_failure(value)
  if not is_array(value) or #value ~= 2 or not is_stacktrace(value[2]) then return false end
  local positioned = type(value[1]) == "string" and value[1]:find("^[^\n]-:%d+: ") ~= nil
  return positioned or #value[2] > 0 and value[2][1]:find("[:%[]") ~= nil
end

local function module_name(value)
  if getmetatable(value) == nil then return nil end
  return inspect(value):match('^"?([%a_][%w_.]*)"?$')
end

local render

local function render_array(value, reasons)
  local parts = {}
  for i = 1, #value do parts[i] = render(value[i], reasons) end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

local function render_fields(value, reasons)
  local keys, parts = {}, {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  for i, key in ipairs(keys) do parts[i] = tostring(key) .. " = " .. render(value[key], reasons) end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

local function render_table(value, reasons)
  local name = module_name(value)
  if name then return quote(name) end
  if next(value) == nil then return "{}" end
  if reasons and is_failure(value) then
    return render_array({ "error", message_of(value[1]) }, reasons)
  end
  if is_array(value) then return render_array(value, reasons) end
  return render_fields(value, reasons)
end

function render(value, reasons)
  if is_pid(value) then return numbered("P", value) end
  if is_reference(value) then return numbered("R", value) end
  if type(value) == "string" then return quote(value) end
  if type(value) == "function" then return "#Function" end
  if type(value) == "table" then return render_table(value, reasons) end
  return tostring(value)
end

function oracle.show(label, value) print(label .. ": " .. render(value, false)) end

function oracle.show_reason(label, value) print(label .. ": " .. render(value, true)) end

function oracle.show_result(label, ...)
  local values, parts = table.pack(...), {}
  while values.n > 1 and values[values.n] == nil do values.n = values.n - 1 end
  for i = 1, math.max(values.n, 1) do parts[i] = render(values[i], true) end
  print(label .. ": " .. table.concat(parts, ", "))
end

function oracle.show_messages(label, count)
  for i = 1, count do
    receive {
      { _, function(message) oracle.show_reason(label, message) end },
      after = { 2000, function() print(label .. ": missing") end },
    }
  end
end

function oracle.show_mailbox(label)
  local function show_next()
    return receive {
      { _, function(message) oracle.show_reason(label, message) return true end },
      after = { 0, function() return false end },
    }
  end

  if not show_next() then print(label .. ": empty") end
  while show_next() do end
end

function oracle.caught(fn)
  local results = table.pack(pcall(fn))
  if results[1] then return table.unpack(results, 2, results.n) end
  local err = results[2]
  if type(err) ~= "string" and err.kind == "exit" then return { "exit", err.reason } end
  return { "error", message_of(err) }
end

function oracle.raises(fn)
  local caught = oracle.caught(fn)
  return type(caught) == "table" and caught[1] == "error"
end

function oracle.down(ref)
  return receive {
    { { "DOWN", ref, "process", _, _ }, function(pid, reason) return reason end },
  }
end

function oracle.trap_exit() return Process.flag("trap_exit", true) end

function oracle.settle() Process.sleep(100) end

local function merge(into, from)
  for key, value in pairs(from or {}) do into[key] = value end
  return into
end

function oracle.worker(id, overrides, arg)
  arg = merge({ id = id, main = self() }, arg)
  return merge({ id = id, start = { Worker, "start_link", { arg } } }, overrides)
end

function oracle.log_to_stderr() Logger.configure { level = "debug" } end

oracle.flush_log = oracle.settle

function oracle.flush_log_of(pid) oracle.down(Process.monitor(pid)) end

Worker = GenServer.module "Worker"

function Worker.start_link(arg) return GenServer.start_link(Worker, arg, { name = arg.id }) end

function Worker.init(arg)
  if arg.trap then Process.flag("trap_exit", true) end
  send(arg.main, { "init", arg.id })
  return "ok", arg
end

function Worker.handle_call.ping(state, from) return "reply", "pong", state end

function Worker.handle_cast.stop(state, reason) return "stop", reason, state end

function Worker.handle_cast.crash(state) error("boom") end

function Worker.terminate(reason, state) send(state.main, { "terminate", state.id, reason }) end

Logger.configure { level = "none" }

return oracle
