local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function area(shape)
  return match(shape, {
    { { "square", _ },                     function(side) return side * side end },
    { { "rectangle", _, _ },               function(width, height) return width * height end },
    { { kind = "circle", radius = _ },     function(radius) return radius * 3 end },
    { {},                                  function() return "empty" end },
    { is_number,                           function(n) return n end },
    { _,                                   function() return "unknown" end },
  })
end

oracle.show("square", area { "square", 3 })
oracle.show("rectangle", area { "rectangle", 2, 5 })
oracle.show("map with more keys", area { kind = "circle", radius = 2, color = "red" })
oracle.show("too long", area { "square", 3, 4, 5 })
oracle.show("empty", area {})
oracle.show("guard", area(7))
oracle.show("other", area("text"))
