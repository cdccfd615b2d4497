local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()
local function holder(label)
  return spawn(function()
    Process.register(self(), "post")
    send(main, { "up", label })
    receive {
      { "tick", function() send(main, { "ticked", label }) end },
      after = { 200, function() send(main, { "silence", label }) end },
    }
  end)
end

local first = holder("first")
oracle.show_messages("message", 1)
local to_name = Process.send_after("post", "tick", 60)
local to_first = Process.send_after(first, "tick", 80)
Process.exit(first, "kill")
Process.sleep(20)
oracle.show("timer to the dead", Process.read_timer(to_first))
oracle.show("timer to the name", math.type(Process.read_timer(to_name)) == "integer")
holder("second")
oracle.show_messages("message", 2)
oracle.show("fired", Process.cancel_timer(to_name))
oracle.show_result("to nobody", is_reference(Process.send_after("post", "tick", 10)))
Process.sleep(50)
oracle.show_mailbox("message")
