-- args: --virtual
-- Strings of every length arrive as they were, by message, call, table, exit reason and spawn argument,
-- and go when nobody has them any more.
local function text(size) return string.rep("a\0\xff\n", size // 4 + 1):sub(1, size) end

local echo = spawn(function()
  while true do
    local from, value = table.unpack(receive())
    send(from, value)
  end
end)
local me = self()
for i, size in ipairs { 0, 14, 15, 40, 41, 255, 256, 257, 65536, 3000000 } do
  local s = text(size)
  send(echo, { me, s })
  assert(receive() == s)
  send(echo, { me, { a = { s, s }, [s] = s } })
  local t = receive()
  assert(t.a[1] == s and t.a[2] == s and t[s] == s)
  assert(Task.await(Task.async(function() return s end)) == s)
  local pid, ref = spawn_monitor(function(x) exit(x) end, s)
  receive { { { "DOWN", ref, _, _, s }, function() end } }
end
print("all arrived")                                    -- expect: all arrived

-- As keys and parts of what is looked for.
local long = text(1000)
ETS.new("t", { "named_table" })
ETS.insert("t", { long, long .. "!" })
print(ETS.lookup("t", text(1000))[1][2] == long .. "!") -- expect: true
print(#ETS.match("t", { long, "$1" }))                  -- expect: 1
send(me, { "tag", long })
print(receive { { { "tag", text(1000) }, function() return "found" end } })     -- expect: found
print(equal({ long }, { text(1000) }))                  -- expect: true

-- The sender is gone, what it sent is not.
spawn(function() send(me, text(100000)) end)
Process.sleep(1)
collectgarbage() collectgarbage()
print(receive() == text(100000))                        -- expect: true

-- Six thousand of 100 KB each, one after the other: more than a process may hold. (The event log
-- keeps the newest of them only.)
local sink = spawn(function() while true do receive() end end)
for i = 1, 6000 do
  local s = i .. string.rep("x", 100000)
  send(sink, i % 2 == 0 and s or { "in a table", { s } })
  if i % 100 == 0 then Process.sleep(1) end
end
for i = 1, 20000 do send(sink, i) end
Process.sleep(1)
collectgarbage() collectgarbage()
print(collectgarbage("count") < 20000)                  -- expect: true
