local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local Dog = struct("Dog", { name = "rex" })
Speaks = Protocol.define("Speaks", { "speak" })
Protocol.impl(Speaks, Dog, { speak = function(dog) return dog.name .. " barks" end })
Protocol.impl(Speaks, "Integer", { speak = function(n) return "number " .. n end })

oracle.show("struct", Speaks.speak(Dog { name = "fido" }))
oracle.show("default", Speaks.speak(Dog()))
oracle.show("integer", Speaks.speak(12))
oracle.show("float", oracle.caught(function() Speaks.speak(1.5) end))
