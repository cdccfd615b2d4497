local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.log_to_stderr()
Logger.info(("a"):rep(8096))
Logger.info(("a"):rep(8097))
Logger.info("x" .. ("é"):rep(5000))
oracle.flush_log()
