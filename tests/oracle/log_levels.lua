local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.log_to_stderr()
Logger.debug("fine detail")
Logger.info("for information")
Logger.notice("worth a look")
Logger.warning("take care")
Logger.error("it broke")
Logger.configure { level = "warning" }
Logger.info("unseen")
Logger.error("seen")
oracle.flush_log()
