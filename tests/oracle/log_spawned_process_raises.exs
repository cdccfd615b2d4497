Code.require_file("support/oracle.ex", __DIR__)

Oracle.log_to_stderr()
spawn(fn -> raise "boom" end)
Oracle.flush_log()
