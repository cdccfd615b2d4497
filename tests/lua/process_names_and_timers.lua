-- Names and timers.
local me = self()
Process.register(me, "main")
send("main", "by name") print(receive()) -- expect: by name
print(pcall(Process.register, me, "other"))
-- expect: false	could not register #PID<0.100.0> with the name other: the process has a name already
print(select(2, pcall(Process.register, spawn(function() Process.sleep(100) end), "main")):match("the name main.*"))
-- expect: the name main: the name is already taken
print(pcall(send, "nobody", 1)) -- expect: false	send: no process is registered under the name nobody
print(pcall(send, {}, 1))
-- expect: false	bad argument #1 to 'send' (dest: a pid, a name, { name, node }, { "via", module, name } or { "global", name } expected, got {})
print(pcall(send, nil, 1))
-- expect: false	bad argument #1 to 'send' (dest: a pid, a name, { name, node }, { "via", module, name } or { "global", name } expected, got nil)
print(send({ "main", "nonode@nohost" }, 5), receive()) -- expect: 5	5
print(pcall(send, { "via", {}, 1 }, 1))
-- expect: false	send: { "via", {}, 1 } is no registry: it has no function whereis_name
local registry = { whereis_name = function(name) return name == "me" and me or "undefined" end }
print(send({ "via", registry, "me" }, "via"), receive()) -- expect: via	via
print(Process.whereis("main") == me, inspect(Process.registered())) -- expect: true	{ "main" }
Process.unregister("main") print(Process.whereis("main"), pcall(Process.unregister, "main"))
-- expect: nil	false	no process is registered under the name main
local t = Process.send_after(me, "tick", 5) print(Process.read_timer(t) > 0, receive(), Process.cancel_timer(t))
-- expect: true	tick	false
print(Process.cancel_timer(Process.send_after(me, "x", 10000)) > 9000) -- expect: true
print(pcall(Process.sleep, -1)) 
-- expect: false	bad argument #1 to 'Process.sleep' (ms: milliseconds or "infinity" expected, got -1)
print(pcall(Process.send_after, me, "x", "soon"))
-- expect: false	bad argument #3 to 'Process.send_after' (ms: a number of milliseconds expected, got "soon")
