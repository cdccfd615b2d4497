local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

for _, message in ipairs { "c", "a", "b", "d" } do send(self(), message) end

local function inner() return receive { { "b", function() return { "b" } end } } end

oracle.show("order", receive {
  { "a", function()
    local found = inner()
    return receive { { "d", function() return { "a", found[1], "d" } end } }
  end },
})

oracle.show_mailbox("left")

oracle.show("nested waits", receive {
  { "never", function() return "no" end },
  after = { 10, function()
    return receive {
      { "never", function() return "no" end },
      after = { 10, function() return "both_late" end },
    }
  end },
})
