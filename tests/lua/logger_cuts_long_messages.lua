-- What a crash report would show of a large state, a person could not read.
-- expect error: llll (truncated)
Logger.info(("l"):rep(100000))
Logger.configure { truncate = 5 }
Logger.info("shortened") -- expect error: [info] short (truncated)
Logger.info("short")     -- expect error: [info] short
Logger.configure { truncate = "infinity" }
Logger.info(("z"):rep(9000) .. "end") -- expect error: zend
print(pcall(Logger.configure, { truncate = 0 }))
-- expect: false	bad argument #1 to 'Logger.configure' (option truncate: a number of bytes or "infinity" expected, got 0)
print(pcall(Logger.configure, { levl = "error" }))
-- expect: false	bad argument #1 to 'Logger.configure' (there is no option levl: did you mean level? there are level, handle_sasl_reports, metadata, format and truncate)
