-- match tries patterns on a value.
print(match({ "ok", 1 }, { { { "error", _ }, print }, { { "ok", is_number }, function(n) return n + 1 end } }))
-- expect: 2
print(match({ a = 1, b = 2, c = 3 }, { { { b = _, a = _ }, function(a, b) return a, b end } })) -- expect: 1	2
print(match({ "x" }, { { { "x", _ }, function(v) return "absent", v end } })) -- expect: absent	nil
print(match({ "x", 1, 2 }, { { { "x", _ }, function() return "two" end }, { _, function() return "other" end } }))
-- expect: other
print(match({ 1 }, { { {}, function() return "empty" end }, { _, function() return "full" end } })) -- expect: full
print(match({}, { { {}, function() return "empty" end } })) -- expect: empty
print(match({ { 1, { 2 } } }, { { { { 1, { _ } } }, function(v) return v end } })) -- expect: 2
print(match(5, { { 5.0 } })) -- expect: 5
print(pcall(match, { 1 }, { { { 2 }, print } })) -- expect: false	no match of right hand side value: { 1 }
-- What is captured is the value itself.
local t = {}
print(match({ "t", t }, { { { "t", _ }, function(v) return v == t end } })) -- expect: true
