Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, [{1, "ada", 36}, {2, "bob", 12}, {3, "cyd", 36}])
Oracle.show("older", :ets.select(t, [{{:"$1", :"$2", :"$3"}, [{:>, :"$3", 18}], [:"$2"]}]))
Oracle.show("two guards", :ets.select(t, [{{:"$1", :"$2", :"$3"}, [{:>, :"$3", 18}, {:<, :"$1", 2}], [:"$2"]}]))
Oracle.show("and", :ets.select(t, [{{:"$1", :"$2", :"$3"}, [{:andalso, {:>=, :"$3", 12}, {:"/=", :"$2", "ada"}}], [:"$1"]}]))
Oracle.show("or", :ets.select(t, [{{:"$1", :"$2", :"$3"}, [{:orelse, {:==, :"$1", 1}, {:"=<", :"$3", 12}}], [:"$1"]}]))
Oracle.show("not", :ets.select(t, [{{:"$1", :"$2", :"$3"}, [{:not, {:==, :"$1", 1}}], [:"$1"]}]))
