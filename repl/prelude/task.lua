-- Task: https://hexdocs.pm/elixir/1.14/Task.html
--
-- A task is a process that runs one function. With async its owner watches it through a monitor,
-- and gets { ref, result } as a message, ref being that monitor's.
--
-- All functions are fields of modules and capture nothing, so that starting a process with one of
-- them copies nothing; but for those that check arguments, which are never sent.
local _, check, _, check_names = ...

local closers = setmetatable({}, { __mode = "k" }) -- iterator of a stream -> what ends the stream

Task.CONCURRENCY = 4 -- of streams, unless told otherwise

-- What is wrong with an argument, told at the place of the call: `level` functions up, by default
-- where this is called by a check that a function of the API calls.
function Task.Supervised.refuse(what, number, name, wanted, given, level)
  local text = "bad argument #%d to '%s' (%s: %s expected, got %s)"
  error(text:format(number, what, name, wanted, inspect(given, { width = 0 })), level or 4)
end

function Task.Supervised.check_timeout(what, number, timeout)
  if timeout == nil then return 5000 end
  if timeout == "infinity" or math.type(timeout) and timeout >= 0 then return timeout end
  Task.Supervised.refuse(what, number, "timeout", 'milliseconds or "infinity"', timeout)
end

function Task.Supervised.check_task(what, number, task)
  if type(task) ~= "table" or not is_reference(task.ref) then
    Task.Supervised.refuse(what, number, "task", "a task", task)
  end
  if task.owner ~= self() then
    local text = "task %s must be queried from the owner but was queried from %s"
    error(text:format(inspect(task, { width = 0 }), inspect(self())), 3)
  end
end

-- A task that Task.completed made has no process.
function Task.Supervised.check_running(what, number, task)
  if type(task) == "table" and is_reference(task.ref) and task.pid == nil then
    local text = "task %s does not have an associated task process"
    error(text:format(inspect(task, { width = 0 })), 3)
  end
  Task.Supervised.check_task(what, number, task)
end

function Task.Supervised.check_tasks(what, tasks)
  if type(tasks) ~= "table" or is_reference(tasks.ref) then
    Task.Supervised.refuse(what, 1, "tasks", "a list of tasks", tasks)
  end
  for i, task in ipairs(tasks) do
    if type(task) ~= "table" or not is_reference(task.ref) then
      Task.Supervised.refuse(what, 1, "tasks[" .. i .. "]", "a task", task)
    end
    if task.owner ~= self() then
      local text = "task %s must be queried from the owner but was queried from %s"
      error(text:format(inspect(task, { width = 0 }), inspect(self())), 3)
    end
  end
end

function Task.Supervised.check_options(what, number, opts, names)
  if opts == nil then return {} end
  if type(opts) ~= "table" then
    Task.Supervised.refuse(what, number, "opts", "a table of options", opts)
  end
  check_names(what, number, opts, names)
  return opts
end

-- The function to be run and its arguments: fn, or Module, "function", { arguments }. Then the
-- number of values read.
function Task.Supervised.read_function(what, number, fn, name, args)
  if type(fn) == "function" then return fn, {}, { "erlang", "apply", 2 }, 1 end
  if type(fn) ~= "table" then
    Task.Supervised.refuse(what, number, "fn", 'a function, or Module, "name", { arguments }', fn)
  end
  if type(name) ~= "string" or type(fn[name]) ~= "function" then
    local wanted = "the name of a function of the module"
    Task.Supervised.refuse(what, number + 1, "function", wanted, name)
  end
  if args ~= nil and type(args) ~= "table" then
    Task.Supervised.refuse(what, number + 2, "args", "a list of arguments", args)
  end
  args = args or {}
  return fn[name], args, { fn, name, #args }, 3
end

-- The owner as the log names it.
function Task.Supervised.starter() return Process.info(self(), "registered_name") or self() end

-- What the calling process hands on to a task that it starts; nil: nothing.
function Task.Supervised.carried()
  local callers, deadline = Process.get("$callers"), Process.get("$deadline")
  if callers or deadline then return { callers = callers, deadline = deadline } end
end

-- A task knows on whose behalf it works ("$callers", its own caller first), and is under its caller's
-- deadline (Deadline).
function Task.Supervised.take_over(caller, carried)
  local callers = carried and carried.callers or {}
  table.insert(callers, 1, caller)
  Process.put("$callers", callers)
  if carried and carried.deadline then Process.put("$deadline", carried.deadline) end
end

-- The process of a task that nobody awaits.
function Task.Supervised.noreply(starter, caller, fn, args, carried)
  Task.Supervised.take_over(caller, carried)
  Task.Supervised.began(starter, fn, args)
  return fn(table.unpack(args))
end

-- The process of a task that is awaited: it is told what to run when its owner watches it.
function Task.Supervised.reply(starter, owner, watched)
  local monitor = watched and Process.monitor(owner)
  local ref, fn, args, carried = receive {
    { { owner, any, any, any, any },
      function(ref, fn, args, carried) return ref, fn, args, carried end },
    { { "DOWN", monitor, any, any, any }, function(_, _, reason) exit { "shutdown", reason } end },
    after = { watched and 5000 or "infinity", function() exit("timeout") end },
  }
  if monitor then Process.demonitor(monitor, { "flush" }) end
  Task.Supervised.take_over(owner, carried)
  Task.Supervised.began(starter, fn, args)
  local result = fn(table.unpack(args))
  Task.Supervised.answer(owner, ref, result)
end

function Task.Supervised.start_link(starter, caller, fn, args, carried)
  return spawn_link(Task.Supervised.noreply, starter, caller, fn, args, carried)
end

function Task.Supervised.start_reply(starter, owner)
  return spawn_link(Task.Supervised.reply, starter, owner, true)
end

-- The task of the process pid, which waits to be told what to run.
function Task.Supervised.new(pid, fn, args, mfa)
  local ref = Process.monitor(pid)
  send(pid, { self(), ref, fn, args, Task.Supervised.carried() })
  return Task.Supervised.struct { mfa = mfa, owner = self(), pid = pid, ref = ref }
end

-- ---- starting

function Task.start(fn, name, args)
  fn, args = Task.Supervised.read_function("Task.start", 1, fn, name, args)
  local supervised = Task.Supervised
  return spawn(supervised.noreply, supervised.starter(), self(), fn, args, supervised.carried())
end

function Task.start_link(fn, name, args)
  fn, args = Task.Supervised.read_function("Task.start_link", 1, fn, name, args)
  local supervised = Task.Supervised
  return supervised.start_link(supervised.starter(), self(), fn, args, supervised.carried())
end

function Task.child_spec(fn)
  if type(fn) ~= "function" then
    Task.Supervised.refuse("Task.child_spec", 1, "fn", "a function", fn, 3)
  end
  return { id = "Task", start = { Task, "start_link", { fn } }, restart = "temporary" }
end

function Task.async(fn, name, args)
  local mfa
  fn, args, mfa = Task.Supervised.read_function("Task.async", 1, fn, name, args)
  local pid = spawn_link(Task.Supervised.reply, Task.Supervised.starter(), self(), false)
  return Task.Supervised.new(pid, fn, args, mfa)
end

function Task.completed(value)
  local ref = make_ref()
  send(self(), { ref, value })
  return Task.Supervised.struct { mfa = { "Task", "completed", 1 }, owner = self(), ref = ref }
end

-- ---- waiting

function Task.await(task, timeout)
  timeout = Task.Supervised.check_timeout("Task.await", 2, timeout)
  Task.Supervised.check_task("Task.await", 1, task)
  local ref = task.ref
  return receive {
    { { ref, any }, function(result)
      Process.demonitor(ref, { "flush" })
      return result
    end },
    { { "DOWN", ref, any, any, any }, function(_, _, reason)
      exit { reason, { "Task", "await", { task, timeout } } }
    end },
    after = { timeout, function()
      Process.demonitor(ref, { "flush" })
      exit { "timeout", { "Task", "await", { task, timeout } } }
    end },
  }
end

function Task.yield(task, timeout)
  timeout = Task.Supervised.check_timeout("Task.yield", 2, timeout)
  Task.Supervised.check_task("Task.yield", 1, task)
  local ref = task.ref
  return receive {
    { { ref, any }, function(result)
      Process.demonitor(ref, { "flush" })
      return "ok", result
    end },
    { { "DOWN", ref, any, any, any }, function(_, _, reason) return "exit", reason end },
    after = { timeout, function() return nil end },
  }
end

-- A message to oneself after that time, and how to be rid of it.
function Task.Supervised.start_timer(timeout)
  local ref = make_ref()
  return ref, timeout ~= "infinity" and Process.send_after(self(), ref, timeout)
end

function Task.Supervised.stop_timer(ref, timer)
  if timer then Process.cancel_timer(timer) end
  receive { { ref, function() end }, after = { 0, function() end } }
end

-- The results by ref; or nil and why not.
function Task.Supervised.collect(refs, count, timer_ref)
  local results = {}
  while count > 0 do
    local failed, reason = receive {
      { timer_ref, function() return true, "timeout" end },
      { { "DOWN", function(ref) return refs[ref] end, any, any, any },
        function(_, _, _, why) return true, why end },
      { { function(ref) return is_reference(ref) and refs[ref] end, any }, function(ref, result)
        Process.demonitor(ref, { "flush" })
        refs[ref], results[ref] = nil, { result }
        return false
      end },
    }
    if failed then return nil, reason end
    count = count - 1
  end
  return results
end

function Task.await_many(tasks, timeout)
  timeout = Task.Supervised.check_timeout("Task.await_many", 2, timeout)
  Task.Supervised.check_tasks("Task.await_many", tasks)
  local refs, count = {}, 0
  for _, task in ipairs(tasks) do
    if not refs[task.ref] then count = count + 1 end
    refs[task.ref] = true
  end
  local timer_ref, timer = Task.Supervised.start_timer(timeout)
  local results, reason = Task.Supervised.collect(refs, count, timer_ref)
  Task.Supervised.stop_timer(timer_ref, timer)
  if not results then
    for ref in pairs(refs) do Process.demonitor(ref, { "flush" }) end
    exit { reason, { "Task", "await_many", { tasks, timeout } } }
  end
  local values = {}
  for i, task in ipairs(tasks) do values[i] = results[task.ref][1] end
  return values
end

function Task.yield_many(tasks, timeout)
  timeout = Task.Supervised.check_timeout("Task.yield_many", 2, timeout)
  Task.Supervised.check_tasks("Task.yield_many", tasks)
  local timer_ref, timer = Task.Supervised.start_timer(timeout)
  local results, wait = {}, "infinity"
  for i, task in ipairs(tasks) do
    local ref = task.ref
    results[i] = { task, (receive {
      { { ref, any }, function(result)
        Process.demonitor(ref, { "flush" })
        return { "ok", result }
      end },
      { { "DOWN", ref, any, any, any }, function(_, _, reason) return { "exit", reason } end },
      { timer_ref, function()
        wait = 0
        return nil
      end },
      after = { wait, function() return nil end },
    }) }
  end
  Task.Supervised.stop_timer(timer_ref, timer)
  return results
end

-- ---- giving up

function Task.ignore(task)
  Task.Supervised.check_running("Task.ignore", 1, task)
  local ref = task.ref
  return receive {
    { { ref, any }, function(result)
      Process.unlink(task.pid)
      Process.demonitor(ref, { "flush" })
      return "ok", result
    end },
    { { "DOWN", ref, any, any, any }, function(_, _, reason) return "exit", reason end },
    after = { 0, function()
      Process.unlink(task.pid)
      Process.demonitor(ref, { "flush" })
      return nil
    end },
  }
end

-- The result that came in spite of all, or whatever follows it.
function Task.Supervised.result_or(ref, ...)
  local status, result = receive {
    { { ref, any }, function(result) return "ok", result end },
    after = { 0, function() return nil end },
  }
  if status then return status, result end
  return ...
end

-- The end of a task, told by the second monitor.
function Task.Supervised.after_down(task, reason, expected)
  local ref = task.ref
  if reason == "noproc" then
    reason = receive {
      { { "DOWN", ref, any, any, any }, function(_, _, why) return why end },
      after = { 0, function()
        Process.demonitor(ref, { "flush" })
        return "noproc"
      end },
    }
  else
    Process.demonitor(ref, { "flush" })
  end
  if reason == expected then return Task.Supervised.result_or(ref, nil) end
  return Task.Supervised.result_or(ref, "exit", reason)
end

function Task.shutdown(task, timeout)
  if timeout ~= "brutal_kill" then
    timeout = Task.Supervised.check_timeout("Task.shutdown", 2, timeout)
  end
  Task.Supervised.check_running("Task.shutdown", 1, task)
  local brutal = timeout == "brutal_kill"
  local monitor = Process.monitor(task.pid)
  Process.unlink(task.pid)
  Process.exit(task.pid, brutal and "kill" or "shutdown")
  local down = { { "DOWN", monitor, any, any, any }, function(_, _, reason) return reason end }
  local reason = receive {
    down,
    after = { brutal and "infinity" or timeout, function()
      Process.exit(task.pid, "kill")
      return receive { down }
    end },
  }
  return Task.Supervised.after_down(task, reason, brutal and "killed" or "shutdown")
end

-- ---- streams

-- A process between a stream's consumer and its tasks: starts them, kills those that take too long,
-- and tells how they end. It traps exits when its parent does, so that a failing task ends the
-- parent exactly when a link to it would.

-- start: { kind = "link" or "nolink", supervisor =, starter =, shutdown = }
function Task.Supervised.start_streamed(start, parent)
  local kind, supervisor, starter = start.kind, start.supervisor, start.starter
  if not supervisor then return spawn_link(Task.Supervised.reply, starter, parent, false) end
  local spec = Task.Supervisor.spec("start_reply", { starter, parent }, "temporary",
    start.shutdown)
  local pid, reason = DynamicSupervisor.start_child(supervisor, spec)
  if pid and kind == "link" then Process.link(pid) end
  return pid, reason
end

function Task.Supervised.stream_start(state, position)
  local pid = Task.Supervised.start_streamed(state.start, state.parent)
  if not pid then
    send(state.parent, { "max_children", state.ref })
    return
  end
  local monitor = Process.monitor(pid)
  local timer = state.timeout ~= "infinity" and
    Process.send_after(self(), { "timeout", state.ref, monitor }, state.timeout)
  state.running[monitor] = { position = position, pid = pid, timer = timer }
  send(state.parent, { "spawned", state.ref, position, pid })
end

function Task.Supervised.stream_down(state, monitor, reason)
  local task = state.running[monitor]
  state.running[monitor] = nil
  if task.timer then Process.cancel_timer(task.timer) end
  send(state.parent, { task.late and "timed_out" or "down", { state.ref, task.position }, reason })
end

function Task.Supervised.stream_late(state, monitor)
  local task = state.running[monitor]
  if not task or task.late then return end
  task.late = true
  Process.unlink(task.pid)
  Process.exit(task.pid, "kill")
end

function Task.Supervised.stream_stop(state)
  Process.flag("trap_exit", true)
  for _, task in pairs(state.running) do Process.exit(task.pid, "kill") end
  for monitor in pairs(state.running) do
    receive { { { "DOWN", monitor, any, any, any }, function() end } }
  end
  exit("normal")
end

function Task.Supervised.stream_parent_down(state, reason)
  for _, task in pairs(state.running) do
    if state.start.kind == "link" then Process.exit(task.pid, reason) end
  end
  exit(reason)
end

function Task.Supervised.stream_monitor(parent, start, trap_exit, timeout)
  Process.flag("trap_exit", trap_exit)
  local state = { parent = parent, start = start, timeout = timeout, running = {} }
  local parent_ref = Process.monitor(parent)
  local stream = Task.Supervised
  state.ref = receive {
    { { parent, any }, function(ref) return ref end },
    { { "DOWN", parent_ref, any, any, any }, function(_, _, reason) exit(reason) end },
  }
  local clauses = {
    { { "spawn", any }, function(position) stream.stream_start(state, position) end },
    { { "DOWN", parent_ref, any, any, any },
      function(_, _, reason) stream.stream_parent_down(state, reason) end },
    { { "DOWN", function(ref) return state.running[ref] ~= nil end, any, any, any },
      function(ref, _, _, reason) stream.stream_down(state, ref, reason) end },
    { { "timeout", state.ref, any }, function(ref) stream.stream_late(state, ref) end },
    { { "stop", state.ref }, function() stream.stream_stop(state) end },
    { any, function() end },
  }
  while true do receive(clauses) end
end

-- Takes what the monitor process has left behind out of the mailbox.
function Task.Supervised.stream_clean(stream)
  local ref, found = stream.ref, true
  local function drop() return true end
  while found do
    found = receive {
      { { "EXIT", stream.monitor, any }, drop },
      { { { ref, any }, any }, drop },
      { { "down", { ref, any }, any }, drop },
      { { "timed_out", { ref, any }, any }, drop },
      after = { 0, function() return false end },
    }
  end
end

function Task.Supervised.stream_failed(stream, reason)
  Task.Supervised.stream_clean(stream)
  exit { reason, { "Task.Supervised", "stream", { stream.timeout } } }
end

function Task.Supervised.stream_close(stream)
  if stream.closed then return end
  stream.closed = true
  send(stream.monitor, { "stop", stream.ref })
  local reason = receive {
    { { "DOWN", stream.ref, any, any, any }, function(_, _, reason) return reason end },
  }
  if reason ~= "normal" then Task.Supervised.stream_failed(stream, reason) end
  Task.Supervised.stream_clean(stream)
end

function Task.Supervised.stream_overflow(stream)
  Task.Supervised.stream_close(stream)
  error("reached the maximum number of tasks for this task supervisor. The maximum number of " ..
    "tasks that are allowed to run at the same time under this supervisor can be configured " ..
    "with the max_children option passed to Task.Supervisor.start_link. When using async_stream " ..
    "or async_stream_nolink, make sure to configure max_concurrency to be lower or equal to " ..
    "max_children and pay attention to whether other tasks are also spawned under the same task " ..
    "supervisor.", 0)
end

function Task.Supervised.stream_spawn(stream, value)
  local position, ref = stream.spawned, stream.ref
  send(stream.monitor, { "spawn", position })
  local pid = receive {
    { { "spawned", ref, position, any }, function(pid) return pid end },
    { { "max_children", ref }, function() return nil end },
    { { "DOWN", ref, any, any, any }, function(_, _, reason)
      stream.closed = true
      Task.Supervised.stream_failed(stream, reason)
    end },
  }
  if not pid then Task.Supervised.stream_overflow(stream) end
  local args = { value, table.unpack(stream.args) }
  send(pid, { self(), { ref, position }, stream.fn, args, Task.Supervised.carried() })
  stream.waiting[position] = { element = value }
  stream.spawned, stream.slots = position + 1, stream.slots - 1
end

-- What becomes of a task that has ended: { "ok", value } or { "exit", reason }.
function Task.Supervised.stream_result(stream, kind, position, reason)
  local task = stream.waiting[position]
  if task.answer then return task.answer end
  if kind == "timed_out" and stream.on_timeout == "exit" then
    Task.Supervised.stream_close(stream)
    exit { "timeout", { "Task.Supervised", "stream", { stream.timeout } } }
  end
  if kind == "timed_out" then reason = "timeout" end
  if stream.zip_input_on_exit then reason = { task.element, reason } end
  return { "exit", reason }
end

-- Waits for something to happen; the position of a task that has ended, or nil.
function Task.Supervised.stream_wait(stream)
  local ref, waiting = stream.ref, stream.waiting
  local function ended(kind)
    return function(position, reason)
      waiting[position].result = Task.Supervised.stream_result(stream, kind, position, reason)
      stream.slots = stream.slots + 1
      return position
    end
  end
  return receive {
    { { { ref, any }, any }, function(position, value)
      waiting[position].answer = { "ok", value }
    end },
    { { "down", { ref, any }, any }, ended("down") },
    { { "timed_out", { ref, any }, any }, ended("timed_out") },
    { { "DOWN", ref, any, any, any }, function(_, _, reason)
      stream.closed = true
      Task.Supervised.stream_failed(stream, reason)
    end },
  }
end

function Task.Supervised.stream_deliver(stream, position)
  local result = stream.waiting[position].result
  stream.waiting[position] = nil
  stream.delivered = stream.delivered + 1
  return result[1], result[2]
end

-- The next input, as one value.
function Task.Supervised.stream_input(stream)
  local ok, first, second = pcall(stream.next)
  if not ok then
    Task.Supervised.stream_close(stream)
    error(first, 0)
  end
  if second ~= nil then return { first, second } end
  return first
end

function Task.Supervised.stream_next(stream)
  if stream.closed then return nil end
  if not stream.monitor then Task.Supervised.stream_open(stream) end
  while true do
    local first = stream.waiting[stream.delivered]
    if stream.ordered and first and first.result then
      return Task.Supervised.stream_deliver(stream, stream.delivered)
    elseif stream.over and stream.spawned == stream.delivered then
      Task.Supervised.stream_close(stream)
      return nil
    elseif stream.over or stream.slots == 0 then
      local position = Task.Supervised.stream_wait(stream)
      if position and not stream.ordered then
        return Task.Supervised.stream_deliver(stream, position)
      end
    else
      local value = Task.Supervised.stream_input(stream)
      if value == nil then
        stream.over = true
      else
        Task.Supervised.stream_spawn(stream, value)
      end
    end
  end
end

function Task.Supervised.stream_open(stream)
  local trap_exit = Process.flag("trap_exit", false)
  Process.flag("trap_exit", trap_exit)
  stream.monitor = spawn_link(Task.Supervised.stream_monitor, self(), stream.start, trap_exit,
    stream.timeout)
  stream.ref = Process.monitor(stream.monitor)
  send(stream.monitor, { self(), stream.ref })
end

-- An iterator over the values of a list, or whatever else can be called.
function Task.Supervised.inputs(what, number, enumerable)
  if type(enumerable) == "function" then return enumerable end
  if type(enumerable) ~= "table" then
    Task.Supervised.refuse(what, number, "enumerable", "a list or an iterator", enumerable)
  end
  local i = 0
  return function()
    i = i + 1
    return enumerable[i]
  end
end

-- The iterator of a stream; rest: the function in any of its forms, then opts.
function Task.Supervised.stream(what, number, start, enumerable, ...)
  local supervised = Task.Supervised
  local fn, args, _, read = supervised.read_function(what, number + 1, ...)
  local opts = supervised.check_options(what, number + 1 + read, (select(read + 1, ...)), {
    "max_concurrency", "on_timeout", "ordered", "shutdown", "timeout", "zip_input_on_exit",
  })
  local max = opts.max_concurrency == nil and Task.CONCURRENCY or opts.max_concurrency
  if math.type(max) ~= "integer" or max <= 0 then
    supervised.refuse(what, number + 1 + read, "option max_concurrency", "a positive integer", max,
      3)
  end
  if opts.on_timeout ~= nil and opts.on_timeout ~= "exit" and opts.on_timeout ~= "kill_task" then
    supervised.refuse(what, number + 1 + read, "option on_timeout", '"exit" or "kill_task"',
      opts.on_timeout, 3)
  end
  start.starter, start.shutdown = supervised.starter(), opts.shutdown
  local stream = {
    start = start, fn = fn, args = args, slots = max,
    timeout = supervised.check_timeout(what, number + 1 + read, opts.timeout),
    ordered = opts.ordered ~= false,
    on_timeout = opts.on_timeout or "exit",
    zip_input_on_exit = opts.zip_input_on_exit,
    next = supervised.inputs(what, number, enumerable),
    waiting = {}, spawned = 0, delivered = 0,
  }
  local function close() if stream.monitor then Task.Supervised.stream_close(stream) end end
  local function iterator() return Task.Supervised.stream_next(stream) end
  closers[iterator] = close
  return iterator, nil, nil, setmetatable({}, { __close = close })
end

-- Nobody asks the iterator for more: when it is a stream's, the tasks that still run are ended.
function Task.Supervised.stream_leave(iterator)
  local close = closers[iterator]
  if close then close() end
end

function Task.async_stream(enumerable, ...)
  return Task.Supervised.stream("Task.async_stream", 1, { kind = "link" }, enumerable, ...)
end

-- ---- Task.Supervisor: a dynamic supervisor of temporary tasks

function Task.Supervisor.init(opts)
  return DynamicSupervisor.init(opts)
end

function Task.Supervisor.start_link(opts)
  opts = Task.Supervised.check_options("Task.Supervisor.start_link", 1, opts, {
    "name", "max_children", "max_restarts", "max_seconds", "timeout", "hibernate_after", "strategy",
  })
  check("Task.Supervisor.start_link", 1, "option name", opts.name, "name")
  return DynamicSupervisor.start_link(Task.Supervisor, {
    strategy = "one_for_one", max_children = opts.max_children, max_seconds = opts.max_seconds,
    max_restarts = opts.max_restarts,
  }, { name = opts.name, timeout = opts.timeout, hibernate_after = opts.hibernate_after })
end

-- How a supervisor starts a task.
function Task.Supervisor.spec(start, args, restart, shutdown)
  return {
    id = "undefined", start = { Task.Supervised, start, args }, restart = restart,
    shutdown = shutdown or 5000,
  }
end

function Task.Supervisor.start_child(supervisor, ...)
  local what, supervised = "Task.Supervisor.start_child", Task.Supervised
  check(what, 1, "supervisor", supervisor, "process")
  local fn, args, _, read = supervised.read_function(what, 2, ...)
  local opts = supervised.check_options(what, 2 + read, (select(read + 1, ...)),
    { "restart", "shutdown" })
  local starter = supervised.starter()
  return DynamicSupervisor.start_child(supervisor, Task.Supervisor.spec("start_link",
    { starter, self(), fn, args, supervised.carried() }, opts.restart or "temporary",
    opts.shutdown))
end

function Task.Supervisor.start_async(what, kind, supervisor, ...)
  local supervised = Task.Supervised
  check(what, 1, "supervisor", supervisor, "process")
  local fn, args, mfa, read = supervised.read_function(what, 2, ...)
  local opts = supervised.check_options(what, 2 + read, (select(read + 1, ...)), { "shutdown" })
  local pid, reason = DynamicSupervisor.start_child(supervisor, Task.Supervisor.spec("start_reply",
    { supervised.starter(), self() }, "temporary", opts.shutdown))
  if not pid and reason == "max_children" then
    error("reached the maximum number of tasks for this task supervisor. The maximum number of " ..
      "tasks that are allowed to run at the same time under this supervisor can be configured " ..
      "with the max_children option passed to Task.Supervisor.start_link", 2)
  elseif not pid then
    error(what .. ": the task does not start: " .. inspect(reason), 2)
  end
  if kind == "link" then Process.link(pid) end
  return supervised.new(pid, fn, args, mfa)
end

function Task.Supervisor.async(supervisor, ...)
  return Task.Supervisor.start_async("Task.Supervisor.async", "link", supervisor, ...)
end

function Task.Supervisor.async_nolink(supervisor, ...)
  return Task.Supervisor.start_async("Task.Supervisor.async_nolink", "nolink", supervisor, ...)
end

function Task.Supervisor.async_stream(supervisor, enumerable, ...)
  check("Task.Supervisor.async_stream", 1, "supervisor", supervisor, "process")
  return Task.Supervised.stream("Task.Supervisor.async_stream", 2,
    { kind = "link", supervisor = supervisor }, enumerable, ...)
end

function Task.Supervisor.async_stream_nolink(supervisor, enumerable, ...)
  check("Task.Supervisor.async_stream_nolink", 1, "supervisor", supervisor, "process")
  return Task.Supervised.stream("Task.Supervisor.async_stream_nolink", 2,
    { kind = "nolink", supervisor = supervisor }, enumerable, ...)
end

function Task.Supervisor.children(supervisor)
  check("Task.Supervisor.children", 1, "supervisor", supervisor, "process")
  local pids = {}
  for _, child in ipairs(DynamicSupervisor.which_children(supervisor)) do
    if is_pid(child[2]) then pids[#pids + 1] = child[2] end
  end
  return pids
end

function Task.Supervisor.terminate_child(supervisor, pid)
  check("Task.Supervisor.terminate_child", 1, "supervisor", supervisor, "process")
  if not is_pid(pid) then
    Task.Supervised.refuse("Task.Supervisor.terminate_child", 2, "pid", "a task's pid", pid, 3)
  end
  return DynamicSupervisor.terminate_child(supervisor, pid)
end
