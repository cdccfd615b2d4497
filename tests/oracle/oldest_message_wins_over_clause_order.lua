local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

send(self(), "second_clause")
send(self(), "first_clause")

local answer = receive {
  { "first_clause", function() return "first clause" end },
  { "second_clause", function() return "second clause" end },
}

oracle.show("answer", answer)
oracle.show_mailbox("left")
