local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
ETS.insert(t, { { 1, 10 }, { 2, 20 }, { 3, 30 } })
oracle.show("sum", ETS.foldl(function(object, sum) return sum + object[2] end, 0, t))
oracle.show("from the left", ETS.foldl(function(object, text) return text .. object[1] end, "", t))
oracle.show("from the right", ETS.foldr(function(object, text) return text .. object[1] end, "", t))
