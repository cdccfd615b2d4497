Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, [{1, "ada", 36}, {2, "bob", 12}, {3, "cyd", 36}])
Oracle.show("clauses", :ets.select(t, [{{1, :_, :_}, [], [:one]}, {{:"$1", :_, 36}, [], [:"$1"]}, {:_, [], [:other]}]))
Oracle.show("none", :ets.select(t, []))
