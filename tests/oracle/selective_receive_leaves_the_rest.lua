local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

for i, message in ipairs { { "noise", 1 }, { "wanted", 2 }, { "noise", 3 }, { "wanted", 4 } } do
  send(self(), message)
end

local function take()
  return receive { { { "wanted", _ }, function(n) return n end } }
end

oracle.show("first", take())
oracle.show("second", take())
oracle.show_mailbox("left")
