local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function square(n) Process.sleep(60 - 10 * n) return n * n end
local numbers = { 1, 2, 3, 4, 5 }
for status, value in Task.async_stream(numbers, square, { max_concurrency = 5 }) do oracle.show("result", { status, value }) end
for status, value in Task.async_stream(numbers, square, { max_concurrency = 1 }) do oracle.show("one by one", { status, value }) end
local function late(n) Process.sleep(250 - 50 * n) return n end
for status, value in Task.async_stream({ 1, 2, 3, 4 }, late, { max_concurrency = 4, ordered = false }) do oracle.show("as they come", { status, value }) end
local all = {}
for status, value in Task.async_stream({}, square) do all[#all + 1] = { status, value } end
oracle.show("empty", all)
oracle.show_mailbox("left")
