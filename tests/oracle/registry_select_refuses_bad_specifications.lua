local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "unique", name = "R" }
oracle.show("no clause", oracle.raises(function() Registry.select("R", { 1 }) end))
oracle.show("no head", oracle.raises(function() Registry.select("R", { { 1, {}, { 1 } } }) end))
oracle.show("unknown guard", oracle.raises(function()
  Registry.select("R", { { { "_", "_", "_" }, { { "wrong", 1 } }, { 1 } } })
end))
oracle.show("match guard", oracle.raises(function() Registry.match("R", "key", "_", { { "wrong", 1 } }) end))
oracle.show("empty", Registry.select("R", {}))
