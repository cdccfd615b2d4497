Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, [{1, "ada", 36}, {2, "bob", 12}, {3, "cyd", 36}])
Oracle.show("object", :ets.match_object(t, {:_, :_, 36}))
Oracle.show("delete", :ets.match_delete(t, {:_, :_, 36}))
Oracle.show("left", :ets.tab2list(t))
