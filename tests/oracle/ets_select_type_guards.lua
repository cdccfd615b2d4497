local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local t = ETS.new("t", { "ordered_set" })
for key, value in ipairs { 1, 1.5, "s", { 1, 2 }, self(), make_ref() } do ETS.insert(t, { key, value }) end
oracle.show("is_integer", ETS.select(t, { { { "$1", "$2" }, { { "is_integer", "$2" } }, { "$1" } } }))
oracle.show("is_float", ETS.select(t, { { { "$1", "$2" }, { { "is_float", "$2" } }, { "$1" } } }))
oracle.show("is_number", ETS.select(t, { { { "$1", "$2" }, { { "is_number", "$2" } }, { "$1" } } }))
oracle.show("is_binary", ETS.select(t, { { { "$1", "$2" }, { { "is_binary", "$2" } }, { "$1" } } }))
oracle.show("is_tuple", ETS.select(t, { { { "$1", "$2" }, { { "is_tuple", "$2" } }, { "$1" } } }))
oracle.show("is_pid", ETS.select(t, { { { "$1", "$2" }, { { "is_pid", "$2" } }, { "$1" } } }))
oracle.show("is_reference", ETS.select(t, { { { "$1", "$2" }, { { "is_reference", "$2" } }, { "$1" } } }))
oracle.show("element", ETS.select(t, { { { "$1", "$2" }, { { "==", { "element", 2, "$2" }, 2 } }, { "$1" } } }))
