local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local reply = { "ok", { name = "ada", tags = { "x", "y" } }, { "at", 7 } }

local name, tag, at = match(reply, {
  { { "ok", { name = _, tags = { _, _ } }, { "at", _ } }, function(name, tag, rest, at) return name, tag, at end },
})

oracle.show("name", name)
oracle.show("tag", tag)
oracle.show("at", at)
