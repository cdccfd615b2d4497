-- Application: https://hexdocs.pm/elixir/1.14/Application.html
local help, check = ...

Application = {}

local Controller = GenServer.module "Application.Controller"
local TABLE <const> = "ac_tab"
local CONTROLLER <const> = "application_controller"

local known = setmetatable({}, { __mode = "k" }) -- module -> name: those of Application.module

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
  if not Controller.types[type] then return nil, { "invalid_restart_type", type } end
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
  local what = "Application.ensure_started"
  local ok, reason = start(what, name_of(what, app), type == nil and "temporary" or type)
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
function Application.format_error(reason) return Controller.format_error(reason) end

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
  check(what, 2, "key", key, "message")
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
