-- args: --virtual
-- expect error: (RuntimeError) the printer is on fire
-- Concurrency without a server: ask several at once, wait for all, or take what comes first.

local function now() return System.monotonic_time("millisecond") end
local function fetch(what, ms)
  return function()
    Process.sleep(ms)
    return what
  end
end

-- ---- All of them: as long as the slowest, not as long as the sum

local began = now()
local results = Task.await_many({
  Task.async(fetch("user", 300)),
  Task.async(fetch("orders", 100)),
  Task.async(fetch("reviews", 200)),
}, 5000)
print(inspect(results), now() - began)          -- expect: { "user", "orders", "reviews" }	300

-- ---- Whatever is there when the time is up

local tasks = {
  Task.async(fetch("user", 300)),
  Task.async(fetch("orders", 100)),
  Task.async(fetch("reviews", 9000)),
}
began = now()
for i, answer in ipairs(Task.yield_many(tasks, 500)) do
  local task, result = answer[1], answer[2]
  if not result then Task.shutdown(task, "brutal_kill") end
  print(i, inspect(result))
end
print(now() - began)
-- expect: 1	{ "ok", "user" }
-- expect: 2	{ "ok", "orders" }
-- expect: 3	nil
-- expect: 500

-- ---- As they come, under one limit for all

began = now()
local pending, limit = {}, make_ref()
for _, task in ipairs { Task.async(fetch("user", 300)), Task.async(fetch("orders", 100)),
                        Task.async(fetch("reviews", 9000)) } do
  pending[task.ref] = task
end
Process.send_after(self(), { "limit", limit }, 500)
local open = true
while open do
  receive {
    { { is_reference, _ }, function(ref, result)
      Process.demonitor(ref, { "flush" })
      pending[ref] = nil
      print(now() - began, result)
    end },
    { { "limit", limit }, function() open = false end },
  }
end
for _, task in pairs(pending) do
  Task.shutdown(task, "brutal_kill")
  print(now() - began, "given up")
end
-- expect: 100	orders
-- expect: 300	user
-- expect: 500	given up

-- ---- Apart from oneself: under a supervisor, so that a failure stays where it is

Task.Supervisor.start_link{ name = "TaskSupervisor" }
local main = self()
Task.Supervisor.start_child("TaskSupervisor", function() send(main, "expensive result") end)
print(receive())                                -- expect: expensive result

local doomed = Task.Supervisor.async_nolink("TaskSupervisor", function()
  error("the printer is on fire", 0)
end)
local how, reason = Task.yield(doomed)
print(how, reason[1])                           -- expect: exit	the printer is on fire

-- ---- A stream of them, a few at a time

began = now()
local squares = {}
for status, value in Task.async_stream({ 1, 2, 3, 4, 5, 6 }, function(n)
  Process.sleep(100)
  return n * n
end, { max_concurrency = 3 }) do
  squares[#squares + 1] = value
end
print(inspect(squares), now() - began)          -- expect: { 1, 4, 9, 16, 25, 36 }	200
