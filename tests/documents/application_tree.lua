-- args: --virtual
-- expect error: [notice] Application MyApp exited: "stopped"
-- The whole of a system as an application: what is started, in which order, and how it ends. The database
-- comes first and the endpoint last, because each needs those before it.

local function child(name)
  local M = GenServer.module(name)
  function M.start_link() return GenServer.start_link(M, nil, { name = name }) end
  function M.init()
    Process.flag("trap_exit", true)
    print("start", name)
    return "ok", {}
  end
  function M.terminate(reason) print("stop", name, reason) end
  return M
end

Repo, Cache, Endpoint = child "Repo", child "Cache", child "Endpoint"

MyApp = Application.module "MyApp"

function MyApp.start(type, args)
  return Supervisor.start_link({
    Repo,
    { PubSub, { name = "MyApp.PubSub" } },
    Cache,
    { DynamicSupervisor, { name = "MyApp.WorkerSupervisor", strategy = "one_for_one" } },
    Endpoint,
  }, { strategy = "one_for_one", name = "MyApp.Supervisor" })
end

function MyApp.prep_stop(state)
  print("prep_stop")
  return state
end
function MyApp.stop(state) print("stopped") end

print(inspect(Application.ensure_all_started("MyApp")))
-- expect: start	Repo
-- expect: start	Cache
-- expect: start	Endpoint
-- expect: { "MyApp" }
print(inspect({ Application.start("MyApp") }))
-- expect: { nil, { "already_started", "MyApp" } }
print(inspect(Supervisor.count_children("MyApp.Supervisor")))
-- expect: { active = 5, specs = 5, supervisors = 2, workers = 3 }

-- A worker that is restarted is none of the application's business.
Process.exit(GenServer.whereis("Cache"), "kill")
Process.sleep(1)
-- expect: start	Cache

Application.put_env("MyApp", "colour", "blue")
print(Application.get_env("MyApp", "colour"), Application.get_env("MyApp", "size", 10))
-- expect: blue	10

print(Application.stop("MyApp"))
-- expect: prep_stop
-- expect: stop	Endpoint	shutdown
-- expect: stop	Cache	shutdown
-- expect: stop	Repo	shutdown
-- expect: stopped
-- expect: true
print(GenServer.whereis("Cache"))       -- expect: nil
