print(inspect(Logger.metadata()))                  -- expect: {}
print(Logger.metadata { request = 7 })             -- expect: true
Logger.metadata { user = "joe" }
print(inspect(Logger.metadata()))                  -- expect: { request = 7, user = "joe" }
local main = self()
spawn(function() send(main, Logger.metadata()) end)
print(inspect(receive()))                          -- expect: {}
Logger.reset_metadata()
print(inspect(Logger.metadata()))                  -- expect: {}
