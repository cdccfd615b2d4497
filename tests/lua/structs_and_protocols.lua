-- Structs keep their name wherever they go; protocols find an implementation by it.
local function complaint(...)
  return (tostring(select(2, pcall(...))):gsub("^[^\n]-:%d+: ", ""))
end
User = struct("User", { "email", name = "nobody", tags = {} })
print(User { name = "ada" }) -- expect: User{ name = "ada", tags = {} }
print(complaint(User, { nick = 1 })) -- expect: unknown key "nick" for struct User
print(complaint(struct, "X", { [1] = 2 })) -- expect: bad argument #2 to 'struct' (fields: names, or names with their defaults, expected, got { 2 })
local one, two = User(), User()
one.tags[1] = "changed"
print(#two.tags) -- expect: 0

Describe = Protocol.define("Describe", { "describe", "other" })
Protocol.impl(Describe, User, { describe = function(user, more) return user.name .. more end })
for _, name in ipairs { "Integer", "Float", "String", "Table", "Boolean", "PID", "Function", "Reference" } do
  Protocol.impl(Describe, name, { describe = function() return name end })
end
for _, value in ipairs { User(), 1, 1.5, "s", {}, true, self(), print, make_ref() } do
  io.write(Describe.describe(value, "!"), " ")
end
print() -- expect: nobody! Integer Float String Table Boolean PID Function Reference 
print(complaint(Describe.describe, nil)) -- expect: protocol Describe not implemented for nil of type Nil
print(complaint(Describe.other, 1)) -- expect: Describe.other is not implemented for Integer
print(complaint(Protocol.impl, Describe, "Nil", { wrong = print }))
-- expect: bad argument #3 to 'Protocol.impl' (functions: nothing but functions of protocol Describe expected, got { wrong = #Function<print> })

-- In another process too.
local me = self()
spawn(function() send(me, { Describe.describe(User { name = "ada" }, "?"), User { name = "eve" } }) end)
print(inspect(receive())) -- expect: { "ada?", User{ name = "eve", tags = {} } }
local Stranger = struct("Stranger", {})
print(complaint(Describe.describe, Stranger())) -- expect: protocol Describe not implemented for Stranger{} of type Stranger (a struct)
Protocol.impl(Describe, "Any", { describe = function() return "any" end })
print(Describe.describe(nil), Describe.describe(Stranger())) -- expect: any	any
