Code.require_file("support/oracle.ex", __DIR__)

require Logger

Oracle.log_to_stderr()
Logger.debug("fine detail")
Logger.info("for information")
Logger.notice("worth a look")
Logger.warning("take care")
Logger.error("it broke")
Logger.configure(level: :warning)
Logger.info("unseen")
Logger.error("seen")
Oracle.flush_log()
