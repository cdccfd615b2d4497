local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local pid, ref = spawn_monitor(function()
  Process.put("color", "red")
  send(main, "ready")
  receive { { "end", function() end } }
end)

oracle.show_messages("message", 1)
for n = 1, 3 do send(pid, n) end
oracle.settle()

for i, key in ipairs { "message_queue_len", "messages", "links", "monitored_by", "trap_exit", "dictionary" } do
  oracle.show(key, Process.info(pid, key))
end

oracle.show("status", Process.info(pid, "status"))
oracle.show("own status", Process.info(self(), "status"))
send(pid, "end")
oracle.show_reason("ended", oracle.down(ref))
oracle.show("info of the dead", Process.info(pid))
oracle.show("one key of the dead", Process.info(pid, "links"))
