Code.require_file("support/oracle.ex", __DIR__)

Oracle.show("before", Process.info(self(), :trap_exit) |> elem(1))
Oracle.show("set", Process.flag(:trap_exit, true))
Oracle.show("set again", Process.flag(:trap_exit, true))
Oracle.show("now", Process.info(self(), :trap_exit) |> elem(1))
Oracle.show("clear", Process.flag(:trap_exit, false))
