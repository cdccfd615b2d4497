local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "duplicate", name = "R" }
oracle.show_result("nobody", Registry.dispatch("R", "key", function() error("never") end))
Registry.register("R", "key", 1)
Registry.register("R", "key", 2)
oracle.show_result("dispatch", Registry.dispatch("R", "key", function(entries)
  for _, entry in ipairs(entries) do send(entry[1], { "value", entry[2], entry[1] == self() }) end
end))
oracle.show_messages("message", 2)
oracle.show("raising", oracle.caught(function()
  Registry.dispatch("R", "key", function() error("boom") end)
end))
