Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, [{1, "ada", 36}, {2, "bob", 12}, {3, "cyd", 36}])
Oracle.show("guard", :ets.select(t, [{{:"$1", :"$2", :"$3"}, [{:>, {:+, :"$2", 1}, 0}], [:"$1"]}]))
Oracle.show("body", :ets.select(t, [{{:"$1", :"$2", :"$3"}, [], [{:+, :"$2", 1}]}]))
Oracle.show("division", :ets.select(t, [{{:"$1", :"$2", :"$3"}, [], [{:div, :"$1", 0}]}]))
Oracle.show("no boolean", :ets.select(t, [{{:"$1", :"$2", :"$3"}, [:"$1"], [:"$1"]}]))
