local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

spawn(function()
  for i = 1, 10 do
    Process.sleep(50)
    send(main, "noise")
  end
end)

local started = System.monotonic_time("millisecond")

local answer = receive {
  { "signal", function() return "signal" end },
  after = { 120, function() return "late" end },
}

local waited = System.monotonic_time("millisecond") - started
oracle.show("answer", answer)
oracle.show("waited long enough", waited >= 120)
oracle.show("not for ever", waited < 450)
