local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "unique", name = "R", meta = { floor = 3 } }
oracle.show_result("given", Registry.meta("R", "floor"))
oracle.show_result("none", Registry.meta("R", "door"))
oracle.show_result("put", Registry.put_meta("R", "door", { "open", 1 }))
oracle.show_result("door", Registry.meta("R", "door"))
oracle.show_result("put", Registry.put_meta("R", "door", "shut"))
oracle.show_result("door", Registry.meta("R", "door"))
oracle.show_result("delete", Registry.delete_meta("R", "door"))
oracle.show_result("gone", Registry.meta("R", "door"))
