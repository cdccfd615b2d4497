-- Process.info and the process dictionary.
local me = self()
print(inspect(Process.put("k", { 1 })), inspect(Process.get("k")), Process.get("none", 5), inspect(Process.get_keys()))
-- expect: nil	{ 1 }	5	{ "k" }
print(inspect(Process.put("k", 2)), Process.delete("k"), inspect(Process.get())) -- expect: { 1 }	2	{}
local p = spawn(function() Process.put("key", "value") Process.set_label("sleeper") receive { { "never" } } end)
send(p, { "a", 1 })
Process.sleep(1)
local info = Process.info(p)
print(info.status, info.message_queue_len, inspect(info.messages), info.label, info.parent == me)
-- expect: waiting	1	{ { "a", 1 } }	sleeper	true
print(inspect(info.dictionary), info.trap_exit, info.memory > 0, info.registered_name)
-- expect: { ["$process_label"] = "sleeper", key = "value" }	false	true	nil
print(info.current_function, info.initial_call:match("^#Function<.*process_info.*>$") ~= nil) -- expect: receive	true
print(Process.info(p, "message_queue_len"), inspect(Process.info(p, { "status", "trap_exit" })))
-- expect: 1	{ status = "waiting", trap_exit = false }
print(pcall(Process.info, me, "nothing")) -- expect: false	bad argument #2 to 'Process.info' (key: an item that h(Process.info) tells of, or a list of them expected, got "nothing")
Process.exit(p, "kill")
print(Process.info(p), Process.alive(p), Process.alive(me)) -- expect: nil	false	true
