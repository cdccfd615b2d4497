-- The processes behind Application: once somebody asks for an application there are, as in OTP, the
-- application controller, and for each application that runs a master and, below it, the process that
-- has started the top supervisor and is its parent:
--
--     application_controller ── master ── starter ── the top supervisor
--
-- Each application's environment lies in the controller's table, where everybody reads it.
local Controller = GenServer.module "Application.Controller"
local Master = GenServer.module "Application.Master"
local TABLE <const> = "ac_tab"

-- ---- the master (application_master.erl)

-- What start(type, args) returned: the top supervisor and the application's state, or nil and why
-- the application does not start.
local function read_start(call, ok, ...)
  local count, first, second, third = select("#", ...), ...
  if ok and is_pid(first) and count <= 2 then return first, second == nil and {} or second end
  if ok and first == "ok" and is_pid(second) then return second, third == nil and {} or third end
  local failed = first == nil and second ~= "ignore" or first == "error"
  if ok and count == 2 and failed then return nil, { second, call } end
  if not ok and first[2] == "normal" then return nil, { first, call } end
  local value = first
  if count > 1 then value = first == nil and second or { ... } end
  return nil, { "bad_return", { call, value } }
end

-- prep_stop's word on the state; one that fails changes nothing.
local function prepare(module, state)
  if not module.prep_stop then return state end
  local ok, value = xpcall(module.prep_stop, Controller.caught, state)
  if ok then return value end
  local report = "    application_master: shutdown_error\n    %s: prep_stop(%s)\n    error_info: %s"
  Logger.error(report:format(inspect(module), inspect(state), inspect(value[2])))
  return state
end

local function finish(module, state)
  if module.stop then pcall(module.stop, state) end
end

-- The starter's life after start: owns the top supervisor until it ends, or is to end since the master
-- says so or has been killed.
local function own(master, child, name, state)
  local stops, reason = receive {
    { { "terminate", master }, function() return "shutdown", "normal" end },
    { { "EXIT", master, any }, function(why) return why, why end },
    { { "EXIT", child, any }, function(why) return nil, why end },
  }
  local module = Controller.module(name)
  state = prepare(module, state)
  if stops then
    Process.exit(child, stops)
    receive { { { "EXIT", child, any }, function() end } }
  end
  finish(module, state)
  exit(reason)
end

function Master.start_it(master, name, type, args)
  Controller.called("application_master.start_it")
  Process.flag("trap_exit", true)
  local call = { name, "start", { type, args } }
  local start = Controller.module(name).start
  local child, state = read_start(call, xpcall(start, Controller.caught, type, args))
  if not child then exit(state) end
  Process.link(child)
  send(master, { "started", self() })
  own(master, child, name, state)
end

local function terminate(starter)
  send(starter, { "terminate", self() })
  receive { { { "EXIT", starter, any }, function() end } }
end

function Master.init(controller, name, type, args)
  Controller.called("application_master.init")
  Process.flag("trap_exit", true)
  local starter = spawn_link(Master.start_it, self(), name, type, args)
  receive {
    { { "started", starter }, function() end },
    { { "EXIT", starter, any }, function(reason) exit(reason) end },
  }
  send(controller, { "application_started", name, self() })
  exit(receive {
    { { "EXIT", starter, any }, function(reason) return reason end },
    { { "EXIT", controller, any }, function(reason)
      terminate(starter)
      return reason
    end },
    { { "stop", controller }, function()
      terminate(starter)
      return "normal"
    end },
  })
end

-- ---- the controller (application_controller.erl)

Controller.types = { permanent = true, transient = true, temporary = true }

-- "shutdown", "exited in: …": Exception.format_exit.
local function format_exit(reason)
  local _, object = pcall(exit, reason)
  return (tostring(object):gsub("^%*%* %(exit%) ", "", 1))
end

local function format_call(call)
  local shown = {}
  for i = 1, #call[3] do shown[i] = inspect(call[3][i], { width = 0 }) end
  return ("%s.%s(%s)"):format(call[1], call[2], table.concat(shown, ", "))
end

local function is_start(value)
  return type(value) == "table" and #value == 3 and value[2] == "start" and
    type(value[3]) == "table"
end

local function is_failed_start(reason)
  return type(reason) == "table" and reason[1] == "bad_return" and
    type(reason[2]) == "table" and is_start(reason[2][1])
end

local phrases = {
  already_started = "already started application %s",
  not_started = "not started application %s",
  already_loaded = "already loaded application %s",
  not_loaded = "not loaded application %s",
  running = "application is running %s",
  invalid_restart_type = "invalid application restart type: %s",
  ["no such file or directory"] = "could not find application file: %s",
}

function Controller.format_error(reason)
  if is_failed_start(reason) then
    local call, value = reason[2][1], reason[2][2]
    if type(value) == "table" and value[1] == "EXIT" then
      return format_exit { value[2], call }
    end
    return format_call(call) .. " returned a bad value: " .. inspect(value, { width = 0 }) ..
      (value == nil and " (is its `return` missing?)" or "")
  end
  if type(reason) == "table" and is_start(reason[2]) then
    local exited = type(reason[1]) == "table" and reason[1][1] == "EXIT"
    if exited then return format_exit { reason[1][2], reason[2] } end
    return format_call(reason[2]) .. " returned an error: " .. Controller.format_error(reason[1])
  end
  local phrase = type(reason) == "table" and type(reason[2]) == "string" and phrases[reason[1]]
  return phrase and phrase:format(reason[2]) or format_exit(reason)
end

local function log_exit(name, reason)
  Logger.notice(function()
    return "Application " .. name .. " exited: " .. Controller.format_error(reason)
  end)
end

-- What takes the whole node down in OTP takes the main process down here.
local function end_program(name, reason)
  local main = Controller.main()
  Logger.error(("Kernel pid terminated (application_controller) " ..
    "({application_terminated,%s,%s})"):format(name, inspect(reason, { width = 0 })))
  local traps = Process.info(main, "trap_exit")
  Process.exit(main, traps and "kill" or { "application_terminated", name, reason })
end

-- state: loaded = { name = application }, started = { application, … }, the newest first.
-- An application: { name =, module =, …; master =, type =, waiting = { from, … } while it starts,
-- running = true while it runs }.
function Controller.init()
  Process.flag("trap_exit", true)
  ETS.new(TABLE, { "set", "protected", "named_table", read_concurrency = true })
  return "ok", { loaded = {}, started = {} }
end

local function set_env(name, env)
  for key, value in pairs(env) do ETS.insert(TABLE, { { { "env", name, key }, value } }) end
end

function Controller.handle_call.load(state, _, name, spec, env)
  if state.loaded[name] then return "reply", { "error", { "already_loaded", name } }, state end
  spec.name = name
  state.loaded[name] = spec
  set_env(name, env)
  return "reply", { "ok" }, state
end

function Controller.handle_call.unload(state, _, name)
  local app = state.loaded[name]
  local why = not app and "not_loaded" or (app.running or app.waiting) and "running"
  if why then return "reply", { "error", { why, name } }, state end
  state.loaded[name] = nil
  ETS.match_delete(TABLE, { { "env", name, any }, any })
  return "reply", { "ok" }, state
end

function Controller.handle_call.set_env(state, _, name, env)
  set_env(name, env)
  return "reply", true, state
end

function Controller.handle_call.delete_env(state, _, name, key)
  ETS.delete(TABLE, { "env", name, key })
  return "reply", true, state
end

local function remove(list, value)
  for i = #list, 1, -1 do
    if list[i] == value then table.remove(list, i) end
  end
end

local function runs(state, app)
  app.running = true
  remove(state.started, app)
  table.insert(state.started, 1, app)
end

local function missing(state, app)
  for _, name in ipairs(app.applications) do
    local dependency = state.loaded[name]
    if not (dependency and dependency.running) then return name end
  end
end

-- spec is what the module says now: it may have been defined anew since it was loaded.
function Controller.handle_call.start(state, from, name, type, spec)
  local app = state.loaded[name]
  if not app then return "reply", { "error", { "not_loaded", name } }, state end
  if app.running then return "reply", { "error", { "already_started", name } }, state end
  if app.waiting then
    table.insert(app.waiting, from)
    return "noreply", state
  end
  for key, value in pairs(spec) do app[key] = value end
  local dependency = missing(state, app)
  if dependency then return "reply", { "error", { "not_started", dependency } }, state end
  app.type = type
  if not app.starts then
    runs(state, app)
    return "reply", { "ok" }, state
  end
  app.waiting = { from }
  app.master = spawn_link(Master.init, self(), name, "normal", app.args)
  return "noreply", state
end

local function answer(app, reply)
  for _, from in ipairs(app.waiting) do GenServer.reply(from, reply) end
  app.waiting = nil
end

function Controller.handle_info.application_started(state, name, master)
  local app = state.loaded[name]
  runs(state, app)
  answer(app, { "ok" })
  return "noreply", state
end

function Controller.handle_info.EXIT(state, master, reason)
  for name, app in pairs(state.loaded) do
    if app.master == master then
      local ran = app.running
      app.master, app.running = nil, nil
      if app.waiting then answer(app, { "error", reason }) end
      log_exit(name, reason)
      local quiet = app.type == "temporary" or app.type == "transient" and reason == "normal"
      if ran and not quiet then end_program(name, reason) end
    end
  end
  return "noreply", state
end

Controller.handle_info["_"] = function(state) return "noreply", state end

-- An application that has ended of itself stays in the list until it is stopped.
function Controller.handle_call.stop(state, _, name)
  local app = state.loaded[name]
  local started = app and Enum.member(state.started, app)
  if not started then return "reply", { "error", { "not_started", name } }, state end
  remove(state.started, app)
  if app.master then
    local master, monitor = app.master, Process.monitor(app.master)
    Process.unlink(master)
    send(master, { "stop", self() })
    receive { { { "DOWN", monitor, any, any, any }, function() end } }
    app.master = nil
  end
  if app.running then log_exit(name, "stopped") end
  app.running = nil
  return "reply", { "ok" }, state
end

local function describe(app) return { app.name, app.description, app.vsn } end

function Controller.handle_call.started(state)
  local running = Enum.filter(state.started, function(app) return app.running end)
  return "reply", Enum.map(running, describe), state
end

function Controller.handle_call.loaded(state)
  return "reply", Enum.map(Map.values(state.loaded), describe), state
end

function Controller.handle_call.spec(state, _, name)
  local app = state.loaded[name]
  return "reply", app and {
    description = app.description, vsn = app.vsn, applications = app.applications,
    mod = app.starts and { name, app.args } or nil,
  }, state
end
