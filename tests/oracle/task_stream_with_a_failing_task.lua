local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()
local function fn(n) if n == 2 then exit("oops") else return n end end

local owner = spawn(function()
  for status, value in Task.async_stream({ 1, 2, 3 }, fn, { max_concurrency = 1 }) do send(main, { status, value }) end
  send(main, "through")
end)

local function list(...)
  local all = {}
  for status, value in Task.async_stream(...) do all[#all + 1] = { status, value } end
  return all
end
local ref = Process.monitor(owner)
oracle.show_reason("down", oracle.down(ref))
oracle.show_mailbox("message")
oracle.trap_exit()
oracle.show("trapping", list({ 1, 2, 3 }, fn, { max_concurrency = 1 }))
oracle.show("zipped", list({ 1, 2, 3 }, fn, { max_concurrency = 1, zip_input_on_exit = true }))
oracle.show_mailbox("left")
