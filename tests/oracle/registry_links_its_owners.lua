local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Registry.start_link { keys = "unique", name = "R" }
local function linked(pid)
  for _, other in ipairs(Process.info(self(), "links")) do
    if other == pid then return true end
  end
  return false
end
local owner = Registry.register("R", "a", 1)
Registry.register("R", "b", 1)
oracle.show("linked", linked(owner))
Registry.unregister("R", "a")
oracle.show("still", linked(owner))
