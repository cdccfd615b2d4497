local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()

local kinds = {
  { "fine", function() return "done" end },
  { "sleeping", function() Process.sleep("infinity") end },
  { "trapping", function()
    Process.flag("trap_exit", true)
    Process.sleep("infinity")
  end },
  { "exiting", function() exit("bad") end },
  { "normal", function() exit("normal") end },
}

for i, kind in ipairs(kinds) do
  for j, how in ipairs { 20, "brutal_kill" } do
    local task = Task.async(kind[2])
    oracle.settle()
    oracle.show(kind[1], oracle.caught(function()
      local tag, value = Task.shutdown(task, how)
      return value ~= nil and { tag, value } or tag
    end))
    oracle.settle()
    receive {
      { { "EXIT", any, any }, function(from, reason) oracle.show("exit", reason) end },
      after = { 0, function() end },
    }
    oracle.show_mailbox("mailbox")
  end
end
