-- args: --virtual
-- A configuration that everybody asks for and anybody may change: get and set are calls, so whoever has
-- set something knows that the next reader sees it.

ConfigServer = GenServer.module "ConfigServer"

function ConfigServer.start_link(config)
  return GenServer.start_link(ConfigServer, config, { name = ConfigServer })
end
function ConfigServer.get(key) return GenServer.call(ConfigServer, { "get", key }) end
function ConfigServer.set(key, value) return GenServer.call(ConfigServer, { "set", key, value }) end
function ConfigServer.get_all() return GenServer.call(ConfigServer, "get_all") end

function ConfigServer.init(config) return "ok", config end
function ConfigServer.handle_call.get(config, from, key) return "reply", Map.get(config, key), config end
function ConfigServer.handle_call.set(config, from, key, value)
  return "reply", "ok", Map.put(config, key, value)
end
function ConfigServer.handle_call.get_all(config) return "reply", config, config end

ConfigServer.start_link({ host = "localhost", port = 4000 })
print(ConfigServer.get("port"))                 -- expect: 4000
print(ConfigServer.get("colour"))               -- expect: nil
print(ConfigServer.set("port", 4001))           -- expect: ok
print(ConfigServer.get("port"))                 -- expect: 4001
print(inspect(ConfigServer.get_all()))          -- expect: { host = "localhost", port = 4001 }

-- What a reader got is his own copy.
local mine = ConfigServer.get_all()
mine.port = 9
print(ConfigServer.get("port"))                 -- expect: 4001

-- Many writers, one after the other: nothing is lost.
for i = 1, 100 do
  Task.await(Task.async(function() ConfigServer.set("key" .. i, i) end))
end
local count = 0
for _ in pairs(ConfigServer.get_all()) do count = count + 1 end
print(count)                                    -- expect: 102

-- Under a supervisor a crash brings the first configuration back: what must survive belongs elsewhere.
GenServer.stop(ConfigServer)
Supervisor.start_link({ { ConfigServer, { port = 4000 } } }, { strategy = "one_for_one" })
ConfigServer.set("port", 5000)
local before = GenServer.whereis(ConfigServer)
Process.exit(before, "kill")
Process.sleep(1)
print(GenServer.whereis(ConfigServer) ~= before, ConfigServer.get("port"))   -- expect: true	4000
