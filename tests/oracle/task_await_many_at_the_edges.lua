local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
oracle.trap_exit()
local function sleeper() return Task.async(function() Process.sleep("infinity") end) end
local function reason(...)
  local arguments = table.pack(...)
  local caught = oracle.caught(function() return Task.await_many(table.unpack(arguments)) end)
  return { caught[2][1], caught[2][2][3][2] }
end
oracle.show("none", Task.await_many({}))
oracle.show("none, without time", Task.await_many({}, 0))
oracle.show("timeout of zero", reason({ sleeper() }, 0))
oracle.show("normal end", reason { Task.async(function() exit("normal") end) })
oracle.show("a failing one ends the wait", reason({ sleeper(), Task.async(function() exit("unknown") end) }, "infinity"))
oracle.show_mailbox("its exit")
local tasks = { sleeper(), sleeper() }
reason(tasks, 10)
for _, task in ipairs(tasks) do Process.exit(task.pid, "kill") end
oracle.settle()
oracle.show_mailbox("exits, but no messages of monitors")
local other = make_ref()
send(self(), other)
send(self(), { other, "z" })
send(self(), { "DOWN", other, "process", 1, "goodbye" })
tasks = {}
for i, value in ipairs { "a", "b", "c" } do
  tasks[i] = Task.async(function() if value == "a" then Process.sleep(50) end return value end)
end
oracle.show("in their order", Task.await_many(tasks))
oracle.show_mailbox("strangers' messages stay")
oracle.show("again", reason(tasks, 10))
local task = Task.async(function() return 1 end)
oracle.show("the same twice", Task.await_many({ task, task }, 50))
