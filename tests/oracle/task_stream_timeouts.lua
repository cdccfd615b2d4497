local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function list(...)
  local all = {}
  for status, value in Task.async_stream(...) do all[#all + 1] = { status, value } end
  return all
end
local function fn(n) if n == 2 then Process.sleep("infinity") else return n end end
oracle.show("killed", list({ 1, 2, 3 }, fn, { timeout = 50, on_timeout = "kill_task" }))
oracle.show("zipped", list({ 1, 2, 3 }, fn, { timeout = 50, on_timeout = "kill_task", zip_input_on_exit = true }))
oracle.show("exit", oracle.caught(function() return list({ 1, 2, 3 }, fn, { timeout = 50 }) end))
oracle.settle()
oracle.show_mailbox("left")
