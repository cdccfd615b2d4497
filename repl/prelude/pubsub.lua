-- PubSub: https://hexdocs.pm/phoenix_pubsub/2.1/Phoenix.PubSub.html — its processes: a registry with the
-- subscriptions of this node, and the adapter, to which the other nodes send what is broadcast there.
local _, _, _, check_names = ...
local Adapter = GenServer.module "PubSub.Adapter"

local start_registry = PubSub.start_link
function Adapter.start_registry(opts) return start_registry(opts) end

function Adapter.start_link(name)
  return GenServer.start_link(Adapter, name, { name = name .. ".Adapter" })
end

function Adapter.init(name) return "ok", name end

function Adapter.handle_info.forward_to_local(name, topic, message, dispatcher)
  PubSub.local_broadcast(name, topic, message, dispatcher)
  return "noreply", name
end

Adapter.handle_info["_"] = function(name) return "noreply", name end

local function name_of(opts)
  local name = type(opts) == "table" and opts.name
  if type(name) == "string" then return name end
  return type(name) == "table" and inspect(name):match('^"([^"]+)"$') or nil -- a module shows as its name
end

function PubSub.start_link(opts)
  local name = name_of(opts)
  if not name then return start_registry(opts) end
  check_names("PubSub.start_link", 1, opts, { "name", "adapter", "pool_size" })
  return Supervisor.start_link({
    { id = "registry", start = { Adapter, "start_registry", { opts } }, type = "supervisor" },
    { id = "adapter", start = { Adapter, "start_link", { name } } },
  }, { strategy = "rest_for_one", name = name .. ".Supervisor" })
end
