local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function look()
  return receive {
    { "here", function() return "found" end },
    after = { 0, function() return "nothing" end },
  }
end

oracle.show("empty mailbox", look())
send(self(), "other")
oracle.show("no match", look())
send(self(), "here")
oracle.show("match", look())
oracle.show_mailbox("left")
