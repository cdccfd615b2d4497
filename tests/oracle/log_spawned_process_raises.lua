local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.log_to_stderr()
spawn(function() error("boom") end)
oracle.flush_log()
