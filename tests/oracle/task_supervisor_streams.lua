local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function list(stream)
  local all = {}
  for status, value in stream do all[#all + 1] = { status, value } end
  return all
end
local sup = Task.Supervisor.start_link()
local numbers = { 1, 2, 3 }
oracle.show("linked", list(Task.Supervisor.async_stream(sup, numbers, function(n) return n * n end)))
local function fn(n) if n == 2 then exit("oops") else return n end end
oracle.show("nolink", list(Task.Supervisor.async_stream_nolink(sup, numbers, fn)))
local function slow(n) if n == 2 then Process.sleep("infinity") else return n end end
oracle.show("slow", list(Task.Supervisor.async_stream_nolink(sup, numbers, slow, { timeout = 50, on_timeout = "kill_task" })))
oracle.settle()
oracle.show("children", Task.Supervisor.children(sup))
local main = self()
local owner = spawn(function()
  for _ in Task.Supervisor.async_stream(sup, numbers, fn, { max_concurrency = 1 }) do end
  send(main, "through")
end)
local ref = Process.monitor(owner)
oracle.show_reason("down", oracle.down(ref))
oracle.show_mailbox("left")
