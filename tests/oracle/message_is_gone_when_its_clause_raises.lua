local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

send(self(), "bad")
send(self(), "good")

oracle.show("raised", oracle.caught(function()
  receive { { "bad", function() error("boom") end } }
end))

oracle.show("exited", oracle.caught(function()
  receive { { "good", function() exit("out") end } }
end))

oracle.show_mailbox("mailbox")
oracle.show("after", oracle.caught(function()
  receive { { "never", function() end }, after = { 0, function() error("late") end } }
end))
