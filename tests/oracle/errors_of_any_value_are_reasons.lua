local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function plain(reason)
  if type(reason) == "table" and type(reason[2]) == "table" and type(reason[2][1]) == "string" then
    local value = reason[1]
    if type(value) == "string" then value = value:gsub("^[^\n]-:%d+: ", "") end
    return { value, true }
  end
  return reason
end

local function raise(value) error(value, 0) end

for i, value in ipairs { "atom", { "tagged", 1 }, 42, { 1, 2 } } do
  local pid, ref = spawn_monitor(function() raise(value) end)
  oracle.show("raised", plain(oracle.down(ref)))
  pid, ref = spawn_monitor(function() exit(value) end)
  oracle.show("exit", oracle.down(ref))
end

local pid, ref = spawn_monitor(function()
  local done, err = pcall(exit, "first")
  exit(err.reason == "first" and "second")
end)

oracle.show("exit while catching", oracle.down(ref))

pid, ref = spawn_monitor(function()
  local done, err = pcall(raise, "first")
  raise { "again", err }
end)

oracle.show("raised again", plain(oracle.down(ref)))
