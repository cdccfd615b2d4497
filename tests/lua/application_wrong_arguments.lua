local function wrong(...)
  local _, err = pcall(...)
  print((tostring(err):gsub("^[^ ]*(application_wrong_arguments.lua:%d+: )", "", 1)))
end

wrong(function() Application.module(12) end)
-- expect: bad argument #1 to 'Application.module' (name: the module's name, a string expected, got 12)
wrong(function() Application.start(12) end)
-- expect: bad argument #1 to 'Application.start' (app: an application's module or name expected, got 12)
wrong(function() Application.stop({}) end)
-- expect: bad argument #1 to 'Application.stop' (app: an application's module or name expected, got {})
wrong(function() Application.get_env("App") end)
-- expect: bad argument #2 to 'Application.get_env' (key: the name of a setting expected, got nil)
wrong(function() Application.put_env("App", "key") end)
-- expect: bad argument #3 to 'Application.put_env' (value: a value (Application.delete_env removes one) expected, got nil)

App = Application.module "App"
App.env = 12
wrong(function() Application.load(App) end)
-- expect: Application.load: App.env: a table expected, got 12
App.env, App.applications = nil, "Base"
wrong(function() Application.start(App) end)
-- expect: Application.start: App.applications: a table expected, got "Base"
-- A module that is none of an application's.
Other = GenServer.module "Other"
wrong(function() Application.start(Other) end)
-- expect: bad argument #1 to 'Application.start' (app: an application's module or name expected, got "Other")
print(inspect { Application.start("Other") })
-- expect: { nil, { "no such file or directory", "Other.app" } }

-- OTP goes round in circles here.
A, B = Application.module "A", Application.module "B"
A.applications, B.applications = { "B" }, { A }
print(inspect { Application.ensure_all_started(A) })
-- expect: { nil, { "B", { "not_started", "A" } } }
