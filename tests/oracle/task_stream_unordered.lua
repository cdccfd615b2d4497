local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
local function work(n) Process.sleep(n * 50) return n end
local function results(list, opts)
  local found = {}
  for status, value in Task.async_stream(list, work, opts) do found[#found + 1] = { status, value } end
  return found
end
local function values(list, opts)
  return Enum.map(results(list, opts), function(result) return result[2] end)
end
oracle.show("one at a time", values({ 4, 3, 2, 1 }, { max_concurrency = 1, ordered = false }))
oracle.show("all at a time", values({ 4, 3, 2, 1 }, { max_concurrency = 4, ordered = false }))
oracle.show("two at a time", values({ 4, 1, 1, 1 }, { max_concurrency = 2, ordered = false }))
local opts = { max_concurrency = 4, ordered = false, on_timeout = "kill_task", timeout = 125 }
oracle.show("late ones", results({ 10, 1, 10, 2 }, opts))
opts = { on_timeout = "kill_task", timeout = 125, max_concurrency = 4 }
oracle.show("late ones in order", results({ 10, 1, 10, 2 }, opts))
opts = { on_timeout = "kill_task", timeout = 75, zip_input_on_exit = true }
oracle.show("with what they were given", results({ 1, 10 }, opts))
oracle.show_mailbox("rest")
oracle.show("without end", values({ 1 }, { timeout = "infinity" }))
oracle.show("of nothing", values({}))
