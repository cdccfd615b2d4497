-- One function, many types: what a value is decides what it does.

User = struct("User", { name = "", email = "" })
Product = struct("Product", { id = 0, name = "", price = 0 })

Serializable = Protocol.define("Serializable", { "serialize" })

Protocol.impl(Serializable, User, {
  serialize = function(user) return { name = user.name, email = user.email } end,
})
Protocol.impl(Serializable, Product, {
  serialize = function(product)
    return { id = product.id, name = product.name, price = Decimal.to_float(product.price) }
  end,
})

local ada = User{ name = "Ada", email = "ada@example.org" }
print(inspect(Serializable.serialize(ada)))
-- expect: { email = "ada@example.org", name = "Ada" }
local tea = Product{ id = 7, name = "Tea", price = Decimal.new("19.99") }
print(inspect(Serializable.serialize(tea)))
-- expect: { id = 7, name = "Tea", price = 19.99 }

print(pcall(Serializable.serialize, 12))
-- expect: false	protocol Serializable not implemented for 12 of type Integer

Protocol.impl(Serializable, "Integer", { serialize = function(n) return n end })
Protocol.impl(Serializable, "Any", { serialize = function(value) return inspect(value) end })
print(Serializable.serialize(12), Serializable.serialize("text"))       -- expect: 12	"text"

-- A struct remains one on its way through a message.
send(self(), tea)
print(inspect(Serializable.serialize(receive())))
-- expect: { id = 7, name = "Tea", price = 19.99 }
