print(inspect(Logger.metadata()))                  -- expect: {}
print(Logger.metadata { request = 7 })             -- expect: true
Logger.metadata { user = "joe" }
print(inspect(Logger.metadata()))                  -- expect: { request = 7, user = "joe" }
local main = self()
spawn(function() send(main, Logger.metadata()) end)
print(inspect(receive()))                          -- expect: {}
Logger.reset_metadata()
print(inspect(Logger.metadata()))                  -- expect: {}
print(Logger.metadata("user", "ann"), inspect(Logger.metadata()))  -- expect: true	{ user = "ann" }
Logger.metadata("user", nil)
print(inspect(Logger.metadata()))                  -- expect: {}
-- The fields of one line don't stay, whatever else becomes of it.
Logger.configure { metadata = "all" }
Logger.info("once", { request = 9 })               -- expect error: pid=<0.100.0> request=9 [info] once
print(pcall(Logger.info, function() error("late", 0) end, { request = 9 }))  -- expect: false	late
Logger.info("plain", nil)                          -- expect error: 00 pid=<0.100.0> [info] plain
print(inspect(Logger.metadata()))                  -- expect: {}
Logger.info("in a process", { fn = print, list = {} })  -- expect error: 00 pid=<0.100.0> [info] in a process
Logger.configure { metadata = {}, format = "[$level] $message$metadata" }
Logger.info("$time is no placeholder here")        -- expect error: [info] $time is no placeholder here
-- args: --virtual
