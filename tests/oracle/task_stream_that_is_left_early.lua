local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
oracle.trap_exit()
local function sleep(time) Process.sleep(time) return time end
local main = self()
local function told(time) send(main, { "began", time }) return sleep(time) end
local function take(count, list, fn, opts)
  local found = {}
  for status, value in Task.async_stream(list, fn, opts) do
    found[#found + 1] = { status, value }
    if #found == count then break end
  end
  return found
end
local function values(found) return Enum.map(found, function(result) return result[2] end) end
oracle.show("taken", values(Enum.take(Task.async_stream({ 0, 5000, 5000, 5000 }, sleep, { max_concurrency = 4 }), 1)))
oracle.show("links", Process.info(self(), "links"))
oracle.show_mailbox("messages")
oracle.show("two of eight", values(Enum.take(Task.async_stream({ 1, 2, 3, 4, 5, 6, 7, 8 }, told, { max_concurrency = 2 }), 2)))
oracle.settle()
local count = 0
while receive { { { "began", _ }, function() return true end }, after = { 0, function() return false end } } do count = count + 1 end
oracle.show("no more than were needed began", count <= 4)
oracle.show("of failing ones", take(2, { 1, 2, 3, 4 }, function(n) exit(n) end))
oracle.show("with their inputs", take(9, { 5, 6 }, function(n) exit { "bad", n } end, { zip_input_on_exit = true }))
oracle.show_mailbox("no exits")
oracle.show("max_concurrency", oracle.raises(function() take(9, { 1 }, sleep, { max_concurrency = 0 }) end))
oracle.show("timeout of zero", oracle.caught(function() return take(9, { 1000 }, sleep, { timeout = 0 }) end))
oracle.show_mailbox("nothing left")
