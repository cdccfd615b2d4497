print(Logger.level())                              -- expect: debug
Logger.debug("shown 1")                            -- expect error: [debug] shown 1
Logger.info("shown 2")                             -- expect error: [info] shown 2
Logger.notice("shown 3")                           -- expect error: [notice] shown 3
Logger.warning("shown 4")                          -- expect error: [warning] shown 4
Logger.warn("shown 5")                             -- expect error: [warning] shown 5
Logger.error("shown 6")                            -- expect error: [error] shown 6
Logger.log("info", "shown 7")                      -- expect error: [info] shown 7
Logger.info({ rows = 17 })                         -- expect error: [info] { rows = 17 }
print(Logger.configure { level = "warning" })      -- expect: true
print(Logger.level())                              -- expect: warning
Logger.info(function() print("never asked") end)
Logger.error(function() return "asked" end)        -- expect error: [error] asked
Logger.configure { level = "none" }
print(Logger.level())                              -- expect: none
