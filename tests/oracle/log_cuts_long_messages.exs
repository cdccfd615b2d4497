Code.require_file("support/oracle.ex", __DIR__)
require Logger

Oracle.log_to_stderr()
Logger.info(String.duplicate("a", 8096))
Logger.info(String.duplicate("a", 8097))
Logger.info("x" <> String.duplicate("é", 5000))
Oracle.flush_log()
