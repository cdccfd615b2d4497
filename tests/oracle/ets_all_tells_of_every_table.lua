local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local mine = ETS.new("unnamed")
ETS.new("named", { "named_table" })
local function has(wanted)
  for _, each in ipairs(ETS.all()) do
    if each == wanted then return true end
  end
  return false
end
oracle.show("unnamed", has(mine))
oracle.show("named", has("named"))
ETS.delete("named")
oracle.show("gone", has("named"))
