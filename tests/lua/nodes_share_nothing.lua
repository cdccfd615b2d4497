-- args: --virtual
local b = Node.start("b")
local c = Node.start("c@elsewhere")
print(b, c, Node.self(), Node.alive())
print(inspect(Node.list()), inspect(Node.list("this")), inspect(Node.list("known")))
-- expect: b@local	c@elsewhere	main@local	true
-- expect: {}	{ "main@local" }	{ "main@local", "b@local", "c@elsewhere" }

-- Does fn in a process of b and returns what it returns.
local function on(node, fn, ...)
  local pid, ref = Node.spawn_monitor(node, function(...) exit { "result", fn(...) } end, ...)
  local reason = receive { { { "DOWN", ref, _, _, _ }, function(_, _, reason) return reason end } }
  if reason[1] ~= "result" then return reason end
  return table.unpack(reason, 2)
end

print(on(b, function(main)
  for _, pid in ipairs(Process.list()) do assert(node(pid) == "b@local" and pid ~= main) end
  return Node.self(), node(self()), node(main), inspect(Node.list())
end, self()))
-- expect: b@local	b@local	main@local	{ "main@local" }

-- Names, tables and registries belong to a node.
Process.register(self(), "main")
print(on(b, function() return Process.whereis("main") == nil, pcall(send, "main", 1) end))
local t = ETS.new("table", { "named_table", "public" })
local by_ref = ETS.new("other", { "public" })
print(on(b, function(ref)
  return ETS.whereis("table"), (pcall(ETS.lookup, ref, 1)), (pcall(ETS.insert, "table", { 1 }))
end, by_ref))
print(on(b, function() ETS.new("table", { "named_table" }) return ETS.info("table", "node") end))
print(ETS.info("table", "node"))
-- expect: true	false	send: no process is registered under the name main
-- expect: undefined	false	false
-- expect: b@local
-- expect: main@local

-- What cannot be asked of a process elsewhere.
local far = Node.spawn(b, function() Process.sleep("infinity") end)
local function refused(...) print((tostring(select(2, pcall(...))):gsub("#PID<[%d.]+>", "#PID"))) end
refused(Process.alive, far)
refused(Process.info, far)
refused(Process.register, far, "far")
refused(Process.send_after, far, 1, 1)
refused(ETS.give_away, t, far, nil)
-- expect: bad argument #1 to 'Process.alive' (pid: a process of this node expected, got #PID)
-- expect: bad argument #1 to 'Process.info' (pid: a process of this node expected, got #PID)
-- expect: bad argument #1 to 'Process.register' (pid: a process of this node expected, got #PID)
-- expect: bad argument #1 to 'Process.send_after' (dest: a process of this node expected, got #PID)
-- expect: errors were found at the given arguments:
-- expect:
-- expect:   * 2nd argument: the process is on another node
-- expect:
-- expect:     ETS.give_away("table", #PID, nil)

-- Timers of one node cannot be cancelled from another.
local timer = Process.send_after(self(), "tick", 10)
print(on(b, Process.cancel_timer, timer), Process.cancel_timer(timer))
-- expect: false	10

-- A supervisor anywhere.
local sup = on(b, function()
  local main = self()
  local pid = spawn(function()
    local sup = Supervisor.start_link({ { Agent, function() return 1 end } }, { name = "sup", strategy = "one_for_one" })
    send(main, sup)
    Process.sleep("infinity")
  end)
  return receive()
end)
print(node(sup), Supervisor.count_children({ "sup", b }).active)
local agent = Supervisor.which_children({ "sup", b })[1][2]
print(node(agent), Agent.get(agent, Node.self))
print(Agent.update(agent, function(n) return n + 1 end), Agent.get(agent, function(n) return n .. Node.self() end))
Process.exit(agent, "kill")
Process.sleep(1)
print(Agent.get(Supervisor.which_children({ "sup", b })[1][2], function(n) return n end))
print(Node.stop(b), select(2, Node.stop(b)), select(2, Node.stop("never")))
-- expect: b@local	1
-- expect: b@local	b@local
-- expect: true	2b@local
-- expect: 1
-- expect: true	not_found	not_found
