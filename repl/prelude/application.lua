-- Application: https://hexdocs.pm/elixir/1.14/Application.html
--
-- As in OTP there are, once somebody asks for an application, the application controller, and for
-- each application that runs a master and, below it, the process that has started the top supervisor
-- and is its parent:
--
--     application_controller ── master ── starter ── the top supervisor
--
-- What is loaded and each application's environment lie in the controller's table "ac_tab".
local help, check = ...

Application = {}

local Controller = GenServer.module "Application.Controller"
local Master = GenServer.module "Application.Master"
local TABLE <const> = "ac_tab"
local CONTROLLER <const> = "application_controller"

local known = setmetatable({}, { __mode = "k" }) -- the modules made by Application.module

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

local types = { permanent = true, transient = true, temporary = true }

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

local function format_error(reason)
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
    return format_call(reason[2]) .. " returned an error: " .. format_error(reason[1])
  end
  local phrase = type(reason) == "table" and type(reason[2]) == "string" and phrases[reason[1]]
  return phrase and phrase:format(reason[2]) or format_exit(reason)
end

local function log_exit(name, reason)
  Logger.notice(function() return "Application " .. name .. " exited: " .. format_error(reason) end)
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

-- ---- what everybody calls

-- Without a controller nothing is loaded: a look at it starts none.
local function ask_if_there(...)
  return Process.whereis(CONTROLLER) and GenServer.call(CONTROLLER, { ... }, "infinity") or nil
end

local function ask(...)
  if not Process.whereis(CONTROLLER) then
    GenServer.start(Controller, nil, { name = CONTROLLER })
  end
  return GenServer.call(CONTROLLER, { ... }, "infinity")
end

local function returned(answer)
  if answer[1] == "ok" then return true end
  return nil, answer[2]
end

local function name_of(what, app)
  local name = type(app) == "table" and known[app] or app
  check(what, 1, "app", app, "an application's module or name", type(name) == "string")
  return name
end

-- A field of an application's module, which must be a table when there is one.
local function field(what, name, module, key)
  local value = module[key]
  if value == nil then return {} end
  if type(value) == "table" then return value end
  error(("%s: %s.%s: a table expected, got %s"):format(what, name, key, inspect(value)), 0)
end

-- What the module says of its application now; nil when there is no such application.
local function read_spec(what, name)
  local module = Controller.module(name)
  if not known[module] then return nil end
  return {
    applications = Enum.map(field(what, name, module, "applications"), function(app)
      return known[app] or app
    end),
    description = module.description or "", vsn = module.vsn or "",
    starts = module.start ~= nil, args = module.args == nil and {} or module.args,
  }, field(what, name, module, "env")
end

local function load(what, name)
  local spec, env = read_spec(what, name)
  if not spec then return nil, { "no such file or directory", name .. ".app" } end
  return returned(ask("load", name, spec, env))
end

-- Loads an application unless it is loaded already.
local function ensure_loaded(what, name)
  local ok, reason = load(what, name)
  if ok or reason[1] == "already_loaded" then return true end
  return nil, reason
end

local function start(what, name, type)
  local ok, reason = ensure_loaded(what, name)
  if not ok then return nil, reason end
  if not types[type] then return nil, { "invalid_restart_type", type } end
  return returned(ask("start", name, type, (read_spec(what, name))))
end

help("Application", [[
Application

A part of a program that starts and stops as a whole: a top supervisor, what must run before it, and
settings. A module says how; its name is the application's.

    MyApp = Application.module "MyApp"
    MyApp.env = { port = 4000 }
    function MyApp.start(type, args)
      return Supervisor.start_link({}, { strategy = "one_for_one" })
    end
    Application.start("MyApp")           --> true
    Application.get_env("MyApp", "port")   --> 4000]])

help("Application.module", [[
module(name)

Makes the module of an application, or gives the one there is.

    start(type, args)   starts the top supervisor: pid, or pid, state; type is "normal"
    prep_stop(state)    called before the top supervisor is stopped; returns the new state
    stop(state)         called after it has ended
    applications        the names of those that must run before it
    args, env           what start is given ({}); the settings by their names
    description, vsn    texts

Without a start function it runs without processes.

    MyApp = Application.module "MyApp"]])
function Application.module(name)
  check("Application.module", 1, "name", name, "the module's name, a string",
    type(name) == "string" and name ~= "")
  local module = GenServer.module(name)
  known[module] = name
  return module
end

help("Application.load", [[
load(app)

Takes an application and its settings into account without starting it. Returns true, or nil and the
reason: { "already_loaded", app }, { "no such file or directory", "App.app" }.

    MyApp = Application.module "MyApp"
    Application.load("MyApp")   --> true]])
function Application.load(app)
  return load("Application.load", name_of("Application.load", app))
end

help("Application.unload", [[
unload(app)

Forgets an application that does not run, with its settings. Returns true, or nil and the reason.

    MyApp = Application.module "MyApp"
    Application.load("MyApp")
    Application.unload("MyApp")   --> true]])
function Application.unload(app)
  return returned(ask("unload", name_of("Application.unload", app)))
end

help("Application.start", [[
start(app [, type = "temporary"])

Starts an application, all of whose own applications run already. Returns true, or nil and the
reason: { "already_started", app }, { "not_started", other }, { reason, { app, "start", args } },
{ "bad_return", … }. When its top supervisor ends of itself, the application has ended; a
"permanent" one, and a "transient" one unless the reason is "normal", then ends the main process.

    MyApp = Application.module "MyApp"
    function MyApp.start() return Supervisor.start_link({}, { strategy = "one_for_one" }) end
    Application.start("MyApp")   --> true]])
function Application.start(app, type)
  local what = "Application.start"
  return start(what, name_of(what, app), type == nil and "temporary" or type)
end

help("Application.ensure_started", [[
ensure_started(app [, type = "temporary"])

As start; that it runs already is fine.

    MyApp = Application.module "MyApp"
    Application.ensure_started("MyApp")   --> true
    Application.ensure_started("MyApp")   --> true]])
function Application.ensure_started(app, type)
  local ok, reason = Application.start(app, type)
  if ok or reason[1] == "already_started" then return true end
  return nil, reason
end

-- application:ensure_all_started/3, which for ever goes in circles where applications do.
local function start_all(what, name, type, started, above)
  local ok, reason = start(what, name, type)
  while not ok and reason[1] == "not_started" do
    local dependency = reason[2]
    if above[dependency] then break end
    above[dependency] = true
    local failed
    ok, failed = start_all(what, dependency, type, started, above)
    above[dependency] = nil
    if not ok then return nil, failed end
    ok, reason = start(what, name, type)
  end
  if ok then table.insert(started, 1, name) end
  if ok or reason[1] == "already_started" then return true end
  return nil, { name, reason }
end

help("Application.ensure_all_started", [[
ensure_all_started(app [, type = "temporary"])

Starts an application after those that it needs, and they after theirs. Returns the list of those
that it has started, in order; or, after stopping them again, nil, { app, reason } of the one that
failed.

    Base = Application.module "Base"
    MyApp = Application.module "MyApp"
    MyApp.applications = { "Base" }
    Application.ensure_all_started("MyApp")   --> { "Base", "MyApp" }]])
function Application.ensure_all_started(app, type)
  local what = "Application.ensure_all_started"
  local name, started = name_of(what, app), {}
  type = type == nil and "temporary" or type
  local ok, reason = start_all(what, name, type, started, { [name] = true })
  if ok then return Enum.reverse(started) end
  for _, other in ipairs(started) do Application.stop(other) end
  return nil, reason
end

help("Application.stop", [[
stop(app)

Stops an application: prep_stop, then the top supervisor and its children, then stop. Returns true,
or nil, { "not_started", app }.

    MyApp = Application.module "MyApp"
    Application.start("MyApp")
    Application.stop("MyApp")   --> true]])
function Application.stop(app)
  return returned(ask("stop", name_of("Application.stop", app)))
end

help("Application.started_applications", [[
started_applications()

The applications that run, the newest first: { { name, description, vsn }, … }.

    Application.started_applications()   --> {}]])
function Application.started_applications() return ask_if_there("started") or {} end

help("Application.loaded_applications", [[
loaded_applications()

The applications that are loaded: { { name, description, vsn }, … }.

    Application.loaded_applications()   --> {}]])
function Application.loaded_applications() return ask_if_there("loaded") or {} end

help("Application.spec", [[
spec(app [, key])

What is known of a loaded application: description, vsn, applications, and mod, { app, args }; or
one of these. nil when it is not loaded.

    MyApp = Application.module "MyApp"
    MyApp.vsn = "1.0"
    Application.load("MyApp")
    Application.spec("MyApp", "vsn")   --> "1.0"]])
function Application.spec(app, key)
  local spec = ask_if_there("spec", name_of("Application.spec", app))
  if spec and key ~= nil then return spec[key] end
  return spec
end

help("Application.format_error", [[
format_error(reason)

Words for the reason that a function of Application gives.

    Application.format_error{ "not_started", "MyApp" }   --> "not started application MyApp"]])
function Application.format_error(reason) return format_error(reason) end

-- ---- the environment

local function lookup(name, key)
  if not Process.whereis(CONTROLLER) then return nil end
  return ETS.lookup(TABLE, { "env", name, key })[1]
end

-- An application whose module is there is loaded at the first look at its settings, as mix loads
-- all that a project has before it runs.
local function find_env(what, name, key)
  local found = lookup(name, key)
  if found or not known[Controller.module(name)] then return found end
  return load(what, name) and lookup(name, key)
end

local function check_key(what, key)
  check(what, 2, "key", key, "the name of a setting", key ~= nil)
end

help("Application.get_env", [[
get_env(app, key [, default])

A setting of an application, or the default.

    Application.put_env("MyApp", "port", 4000)
    Application.get_env("MyApp", "port")         --> 4000
    Application.get_env("MyApp", "host", "::1")   --> "::1"]])
function Application.get_env(app, key, default)
  local what = "Application.get_env"
  local name = name_of(what, app)
  check_key(what, key)
  local found = find_env(what, name, key)
  if found then return found[2] end
  return default
end

help("Application.fetch_env", [[
fetch_env(app, key)

A setting of an application, or nil, "error".

    Application.fetch_env("MyApp", "nothing")   --> nil, "error"]])
function Application.fetch_env(app, key)
  local what = "Application.fetch_env"
  local name = name_of(what, app)
  check_key(what, key)
  local found = find_env(what, name, key)
  if found then return found[2] end
  return nil, "error"
end

help("Application.get_all_env", [[
get_all_env(app)

All settings of an application.

    Application.put_env("MyApp", "port", 4000)
    Application.get_all_env("MyApp")   --> { port = 4000 }]])
function Application.get_all_env(app)
  local what, env = "Application.get_all_env", {}
  local name = name_of(what, app)
  if known[Controller.module(name)] then ensure_loaded(what, name) end
  if not Process.whereis(CONTROLLER) then return env end
  for _, found in ipairs(ETS.match(TABLE, { { "env", name, "$1" }, "$2" })) do
    env[found[1]] = found[2]
  end
  return env
end

help("Application.put_env", [[
put_env(app, key, value)

Gives a setting a value, whether or not there is such an application. Returns true.

    Application.put_env("MyApp", "port", 4000)   --> true]])
function Application.put_env(app, key, value)
  local what = "Application.put_env"
  local name = name_of(what, app)
  check_key(what, key)
  check(what, 3, "value", value, "a value (Application.delete_env removes one)", value ~= nil)
  if known[Controller.module(name)] then ensure_loaded(what, name) end
  return ask("set_env", name, { [key] = value })
end

help("Application.delete_env", [[
delete_env(app, key)

Removes a setting. Returns true.

    Application.delete_env("MyApp", "port")   --> true]])
function Application.delete_env(app, key)
  local what = "Application.delete_env"
  local name = name_of(what, app)
  check_key(what, key)
  if known[Controller.module(name)] then ensure_loaded(what, name) end
  return ask("delete_env", name, key)
end
