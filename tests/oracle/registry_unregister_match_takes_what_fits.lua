local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "duplicate", name = "R" }
for _, value in ipairs { { "a", 1 }, { "a", 2 }, { "b", 3 }, { "b", 4 } } do
  Registry.register("R", "key", value)
end
oracle.show_result("one", Registry.unregister_match("R", "key", { "a", 1 }))
oracle.show("values", Registry.values("R", "key", self()))
oracle.show_result("guard", Registry.unregister_match("R", "key", { "_", "$1" }, { { ">", "$1", 3 } }))
oracle.show("values", Registry.values("R", "key", self()))
oracle.show_result("none", Registry.unregister_match("R", "key", { "c", "_" }))
oracle.show_result("all", Registry.unregister_match("R", "key", "_"))
oracle.show("keys", Registry.keys("R", self()))
