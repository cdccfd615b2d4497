local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "duplicate", name = "R" }
oracle.show("update", oracle.caught(function()
  return Registry.update_value("R", "key", function(n) return n end)
end))
