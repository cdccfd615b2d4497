Code.require_file("support/oracle.ex", __DIR__)

Oracle.show("caught", Oracle.caught(fn -> exit({:my, :reason}) end))
Oracle.show("caught", Oracle.caught(fn -> exit(:normal) end))
Oracle.show("caught", Oracle.caught(fn -> raise "boom" end))
Oracle.show("value", Oracle.caught(fn -> 7 end))
