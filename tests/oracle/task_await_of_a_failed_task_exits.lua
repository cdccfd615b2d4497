local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
local functions = {
  function() exit("oops") end, function() exit("normal") end, function() exit { "shutdown", 1 } end,
  function() error("boom") end,
}

for _, fn in ipairs(functions) do
  local task = Task.async(fn)
  local caught = oracle.caught(function() return Task.await(task) end)
  local reason, call = table.unpack(caught[2])
  oracle.show_reason("reason", reason)
  oracle.show("call", { call[1], call[2] })
  receive { { { "EXIT", any, any }, function(_, reason) oracle.show_reason("link", reason) end } }
end
