local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
oracle.trap_exit()
for _, keys in ipairs { "unique", "duplicate" } do
  local sup = Registry.start_link { keys = keys, name = "R" }
  Registry.register("R", "_", "foo")
  Registry.register("R", "hello", "b")
  Registry.register("R", "$1", { "a", 1 })
  oracle.show("only that key", #Registry.lookup("R", "_"))
  oracle.show("match", #Registry.match("R", "_", "_"))
  oracle.show_result("unregister_match", Registry.unregister_match("R", "_", "other"))
  oracle.show("stays", #Registry.lookup("R", "_"))
  Registry.unregister_match("R", "_", "foo")
  oracle.show("keys", Enum.sort(Registry.keys("R", self())))
  oracle.show("unregister", Registry.unregister("R", "$1") and "ok")
  oracle.show("keys", Registry.keys("R", self()))
  oracle.show("count", Registry.count("R"))
  Supervisor.stop(sup)
end
