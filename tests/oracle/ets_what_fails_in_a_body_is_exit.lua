local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", {})
ETS.insert(t, { 1, "a" })
local function body(body) return ETS.select(t, { { { "$1", "$2" }, {}, { body } } }) end
oracle.show("whole", body({ "+", "$1", "$2" }))
oracle.show("inside", body({ { "$1", { "+", "$1", "$2" } } }))
oracle.show("operand", body({ "is_integer", { "+", "$1", "$2" } }))
oracle.show("compared", body({ "==", { "hd", "$1" }, "EXIT" }))
oracle.show("and", body({ "and", true, "$1" }))
oracle.show("andalso", body({ "andalso", true, "$1" }))
oracle.show("orelse", body({ "orelse", "$1", true }))
oracle.show("guard", ETS.select(t, { { { "$1", "$2" }, { { "/=", { "hd", "$1" }, 1 } }, { true } } }))
oracle.show("several", ETS.select(t, { { { "$1", "$2" }, {}, { { "hd", "$1" }, "$2" } } }))
