local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
oracle.log_to_stderr()
local levels = { "debug", "info", "notice", "warning", "error", "critical", "alert", "emergency" }

local function show(lowest)
  Logger.configure { level = lowest }
  oracle.show("level", Logger.level())
  for _, level in ipairs(levels) do Logger.log(level, level .. " at " .. lowest) end
end

show("all")
for _, level in ipairs(levels) do show(level) end
show("none")
show("warn")
Logger.configure { level = "debug" }
Logger.critical("critical")
Logger.alert("alert", { by = 1 })
Logger.emergency(function() return "emergency" end)
local pairs_of_levels = {
  { "debug", "info" }, { "info", "info" }, { "error", "warning" }, { "warn", "warning" },
  { "emergency", "alert" }, { "all", "debug" }, { "none", "emergency" },
}
for _, pair in ipairs(pairs_of_levels) do
  oracle.show(pair[1] .. " and " .. pair[2], Logger.compare_levels(pair[1], pair[2]))
end
