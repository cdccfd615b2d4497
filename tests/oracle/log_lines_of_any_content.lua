local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
oracle.log_to_stderr()
Logger.info("he\185lo")
Logger.info("two\nlines")
Logger.info(("x"):rep(8096))
Logger.info(("y"):rep(8100))
Logger.configure { truncate = 5 }
Logger.info("123456789")
Logger.info("12345")
Logger.info("1234ü")
Logger.configure { truncate = "infinity" }
Logger.info(("z"):rep(9000))
Logger.info(function() return "with metadata", { user = "joe" } end)
Logger.configure { metadata = { "user" } }
Logger.info(function() return "with metadata", { user = "joe" } end, { user = "ann" })
Logger.info(function() return "without" end, { user = "ann" })
