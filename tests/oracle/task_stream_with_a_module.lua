local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Add = GenServer.module "Add"
function Add.add(a, b, c) return a * 100 + b * 10 + c end

local all = {}
for status, value in Task.async_stream({ 1, 2 }, Add, "add", { 3, 4 }) do all[#all + 1] = { status, value } end
oracle.show("results", all)
oracle.show("wrong", oracle.caught(function() return Task.async_stream({ 1 }, function(n) return n end, { max_concurrency = 0 }) end)[1])
