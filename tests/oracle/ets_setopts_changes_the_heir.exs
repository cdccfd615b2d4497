Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [])
Oracle.show("none", :ets.info(t, :heir))
Oracle.show("set", :ets.setopts(t, {:heir, self(), 1}))
Oracle.show("heir", :ets.info(t, :heir) == self())
Oracle.show("unset", :ets.setopts(t, {:heir, :none}))
Oracle.show("again", :ets.info(t, :heir))
