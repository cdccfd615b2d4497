local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "duplicate", name = "R" }
Registry.register("R", "a", 1)
Registry.register("R", "a", { n = 2, m = 0 })
Registry.register("R", "b", 3)
oracle.show("body", Registry.select("R",
  { { { "$1", "_", "$2" }, { { "is_integer", "$2" } }, { { { "$1", { "+", "$2", 1 } } } } } }))
oracle.show("exit", Registry.select("R", { { { "b", "_", "$2" }, {}, { { { "$2", { "hd", "$2" } } } } } }))
oracle.show("count", Registry.count_select("R", { { { "_", "_", "$2" }, {}, { { "is_integer", "$2" } } } }))
oracle.show("count of others", Registry.count_select("R", { { { "_", "_", "_" }, {}, { 1 } } }))
oracle.show("fields", #Registry.match("R", "a", { n = 2 }))
oracle.show("no fields", #Registry.match("R", "a", { x = "_" }))
oracle.show("count_match", Registry.count_match("R", "a", "$1", { { "is_integer", "$1" } }))
oracle.show("unbound", oracle.raises(function() Registry.match("R", "a", "_", { { ">", "$1", 1 } }) end))
