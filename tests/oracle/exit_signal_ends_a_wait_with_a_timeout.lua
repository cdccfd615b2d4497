local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local function wait(trap)
  return spawn(function()
    Process.flag("trap_exit", trap)
    local started = System.monotonic_time("millisecond")
    local result = receive {
      { "never", function() return "no" end },
      { { "EXIT", any, any }, function(from, reason) return { "trapped", reason } end },
      after = { 200, function() return "late" end },
    }
    local waited = System.monotonic_time("millisecond") - started
    send(main, { result, waited < 150 })
  end)
end

for i, trap in ipairs { true, false } do
  for j, reason in ipairs { "normal", "bang" } do
    local pid = wait(trap)
    local ref = Process.monitor(pid)
    Process.sleep(50)
    Process.exit(pid, reason)
    oracle.show("down", oracle.down(ref))
    oracle.show_mailbox("message")
  end
end
