local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
local b = Node.start("b")
Node.connect(b)
global.sync()

local function tell(main, name) send(main, { "known", global.whereis_name(name) or "nobody" }) end
local function forever() Process.sleep("infinity") end
local function register(main, name)
  send(main, { "registered", global.register_name(name, self()) })
  Process.sleep("infinity")
end

local function there(label, name)
  oracle.settle()
  Node.spawn(b, tell, self(), name)
  oracle.show_messages(label, 1)
end

local one, two = spawn(forever), spawn(forever)
oracle.show("nobody", global.whereis_name("name"))
oracle.show("register", global.register_name("name", one))
oracle.show("it has it", global.whereis_name("name"))
there("also there", "name")
oracle.show("names", global.registered_names())
oracle.show("again", global.register_name("name", one))
oracle.show("another", global.register_name("name", two))
oracle.show("taken over", global.re_register_name("name", two))
oracle.show("the other has it", global.whereis_name("name") == two)
there("also there", "name")
oracle.show_result("unregister", global.unregister_name("name"))
oracle.show_result("of nobody", global.unregister_name("name"))
oracle.show("nobody again", global.whereis_name("name"))
there("also there", "name")
oracle.show("any value", global.register_name({ "room", 7 }, one))
there("there", { "room", 7 })
oracle.show("send", global.send({ "room", 7 }, "hello"))
oracle.show("what came", Process.info(one, "messages"))
oracle.show("send to nobody", oracle.caught(function() return global.send("nobody", "hello") end))

-- Until the process ends.
Process.exit(one, "kill")
oracle.settle()
oracle.show("dead", global.whereis_name({ "room", 7 }))
there("dead", { "room", 7 })
oracle.show("a dead one", global.register_name("ghost", one))
oracle.settle()
oracle.show("has no name", global.whereis_name("ghost"))

-- Until the node ends.
Node.spawn(b, register, self(), "of_b")
oracle.show_messages("there", 1)
oracle.show("of b", global.whereis_name("of_b"))
oracle.show("known", global.registered_names())
Node.stop(b)
oracle.settle()
oracle.show("gone", global.whereis_name("of_b"))
oracle.show("none", global.registered_names())
