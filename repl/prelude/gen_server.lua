-- GenServer: https://hexdocs.pm/elixir/1.14/GenServer.html — what goes to servers on many nodes.
local help, check = ...

-- [nodes,] name, …: nodes default to all that are connected, and this one.
local function read_nodes(what, count, ...)
  local given, nodes, name = select("#", ...) > count, ...
  if not given then nodes, name = Node.list(), (...) end
  if given then
    check(what, 1, "nodes", nodes, "a list of names of nodes", type(nodes) == "table" and
      Enum.all(nodes, function(node) return type(node) == "string" end))
  else
    table.insert(nodes, 1, Node.self())
  end
  check(what, given and 2 or 1, "name", name, "a name",
    type(name) == "string" or type(name) == "table" and next(name) ~= nil)
  local at = given and 3 or 2
  check(what, at, "request", (select(at, ...)), "message")
  return nodes, select(given and 2 or 1, ...)
end

function GenServer.abcast(...)
  local nodes, name, request = read_nodes("GenServer.abcast", 2, ...)
  for _, node in ipairs(nodes) do GenServer.cast({ name, node }, request) end
  return "abcast"
end
help("GenServer.abcast", [[
abcast(name, request)
abcast(nodes, name, request)

Casts to the servers of that name on the nodes, by default on all that are connected and this one. Returns
"abcast".

    GenServer.abcast("nobody", "reset")   --> "abcast"
]])

-- Asks all at once, then takes the answers. A process of its own, so that late ones reach nobody.
local function gather(caller, nodes, name, request, timeout)
  local refs, replies, missing, late = {}, {}, {}, false
  local caller_ended = Process.monitor(caller)
  for i, node in ipairs(nodes) do
    refs[i] = Process.monitor({ name, node })
    send({ name, node }, { "$gen_call", { self(), refs[i] }, request })
  end
  if timeout ~= "infinity" then Process.send_after(self(), "too late", timeout) end
  for i, node in ipairs(nodes) do
    local ref = refs[i]
    local clauses = {
      { { ref, _ }, function(reply) replies[#replies + 1] = { node, reply } return true end },
      { { "DOWN", ref, _, _, _ }, function() return false end },
      { { "DOWN", caller_ended, _, _, _ }, function() exit("normal") end },
    }
    if late then
      clauses.after = { 0, function() return false end }
    else
      clauses[4] = { "too late", function() late = true return false end }
    end
    if not receive(clauses) then missing[#missing + 1] = node end
  end
  exit { "gathered", replies, missing }
end

function GenServer.multi_call(...)
  local what = "GenServer.multi_call"
  local nodes, name, request, timeout = read_nodes(what, 2, ...)
  check(what, 4, "timeout", timeout, "timeout")
  if timeout == nil then timeout = "infinity" end
  local pid, ref = spawn_monitor(gather, self(), nodes, name, request, timeout)
  local reason = receive { { { "DOWN", ref, _, _, _ }, function(_, _, reason) return reason end } }
  if type(reason) ~= "table" or reason[1] ~= "gathered" then exit(reason) end
  return reason[2], reason[3]
end
help("GenServer.multi_call", [[
multi_call(name, request)
multi_call(nodes, name, request [, timeout = "infinity"])

Calls the servers of that name on the nodes, by default on all that are connected and this one, and waits for
all of them. Returns the list of { node, reply } and that of the nodes that did not answer.

    Counter = GenServer.module "Counter"
    function Counter.init(n) return "ok", n end
    function Counter.handle_call.next(n, from) return "reply", n, n + 1 end
    GenServer.start_link(Counter, 1, { name = "counter" })
    GenServer.multi_call("counter", "next")   --> { { "nonode@nohost", 1 } }, {}
]])
