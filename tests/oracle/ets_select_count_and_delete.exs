Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, [{1, "ada", 36}, {2, "bob", 12}, {3, "cyd", 36}])
Oracle.show("count", :ets.select_count(t, [{{:"$1", :"$2", :"$3"}, [{:==, :"$3", 36}], [true]}]))
Oracle.show("no true", :ets.select_count(t, [{{:"$1", :"$2", :"$3"}, [], [:"$1"]}]))
Oracle.show("delete", :ets.select_delete(t, [{{:"$1", :"$2", :"$3"}, [{:==, :"$3", 36}], [true]}]))
Oracle.show("left", :ets.tab2list(t))
