-- receive with clauses takes the oldest message that fits.
local me = self()
for _, m in ipairs({ "a", { "x", 1 }, { "y", 2, 3 }, 7, { k = 1, z = 2 }, {}, { "x", 2 } }) do send(me, m) end
print(receive { { 7, function() return "seven" end } }) -- expect: seven
print(receive { { { "x", any }, function(n) return n end } }) -- expect: 1
print(receive { { { k = any }, function(v) return v end } }) -- expect: 1
print(receive { { {}, function() return "empty" end } }) -- expect: empty
print(receive { { is_string, function(s) return s end } }) -- expect: a
print(receive { { { "y", function(v) return v == 2 end, any }, function(a, b) return a, b end } }) -- expect: 2	3
print(receive { { { "z" } }, after = { 10, function() return "late" end } }) -- expect: late
print(receive { after = { 0, function() return 1, nil, 3 end } }) -- expect: 1	nil	3
print(inspect(receive { { { "x", any } } })) -- expect: { "x", 2 }
print(Process.info(me, "message_queue_len")) -- expect: 0
-- A trailing _ also stands for nothing.
local ref = make_ref()
send(me, { ref }) send(me, { ref, 1 })
print(receive { { { ref, any }, function(x) return tostring(x) end } }) -- expect: nil
print(receive { { { ref, any }, function(x) return x end } }) -- expect: 1
-- Clauses are tried per message, the oldest message first.
send(me, "second") send(me, "first")
print(receive { { "first", function() return 1 end }, { "second", function() return 2 end } }, receive())
-- expect: 2	first
-- Named keys are captured in order of the keys.
send(me, { b = 2, a = 1 })
print(receive { { { b = any, a = any }, function(a, b) return a, b end } }) -- expect: 1	2
-- Long literals, numbers as Lua compares them, nesting.
send(me, { "a tag that is longer than fourteen", 1 }) send(me, { 1.0, 2 })
print(receive { { { 1, any }, function(x) return x end } }) -- expect: 2
print(receive { { { "a tag that is longer than fourteen", any }, function(x) return x end } }) -- expect: 1
send(me, { "with", { nested = { 1, 2 } } })
print(receive { { { "with", { nested = { any, any } } }, function(a, b) return a + b end } }) -- expect: 3
-- What was refused is not looked at again while waiting.
local asked = spawn(function()
  local n = 0
  send(me, receive { { function(v) n = n + 1 return v == "stop" end, function() return n end } })
end)
for i = 1, 50 do send(asked, i) if i % 10 == 0 then Process.sleep(1) end end
send(asked, "stop")
print(receive()) -- expect: 51
-- What a clause does may wait.
spawn(function() Process.sleep(1) send(me, "second") end)
send(me, "first")
print(receive { { "first", function() return receive { { "second", function() return "both" end } } end } })
-- expect: both
