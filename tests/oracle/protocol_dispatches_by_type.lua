local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
Size = Protocol.define("Size", { "size", "kind" })
User = struct("User", { name = "", age = 0 })
Admin = struct("Admin", { name = "" })

for type, name in pairs {
  Integer = "integer", Float = "float", String = "string", Function = "function", PID = "pid", Reference = "reference",
} do
  Protocol.impl(Size, type, { size = function() return 1 end, kind = function() return name end })
end

Protocol.impl(Size, User, {
  size = function(user) return user.age end,
  kind = function(user) return Size.kind(user.name) end,
})
Protocol.impl(Size, "Any", { size = function() return 0 end, kind = function() return "any" end })

oracle.show("integer", Size.kind(1))
oracle.show("float", Size.kind(1.0))
oracle.show("string", Size.kind("a"))
oracle.show("function", Size.kind(function() end))
oracle.show("pid", Size.kind(self()))
oracle.show("reference", Size.kind(make_ref()))
oracle.show("boolean falls back", Size.kind(true))
oracle.show("nothing falls back", Size.kind(nil))
oracle.show("map falls back", Size.kind { a = 1 })
oracle.show("struct", { Size.size(User { age = 7 }), Size.kind(User {}) })
oracle.show("struct without one falls back", { Size.size(Admin {}), Size.kind(Admin {}) })
oracle.show("in another process", Task.await(Task.async(function() return Size.size(User { age = 8 }) end)))
send(self(), User { age = 9 })
oracle.show("in a message", Size.size((receive())))
oracle.show("implemented", { Protocol.impl_for(Size, 1) ~= nil, Protocol.impl_for(Size, Admin {}) ~= nil })

Strict = Protocol.define("Strict", { "run" })
Protocol.impl(Strict, User, { run = function(user) error("boom of " .. user.name) end })
oracle.show("nothing implemented", Protocol.impl_for(Strict, 1))
oracle.show("raises what it raises", oracle.caught(function() Strict.run(User { name = "ann" }) end))
oracle.show("not implemented", oracle.raises(function() Strict.run(Admin {}) end))
