Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, [{1, 1, 2}, {2, 3, 2}, {3, 3, 3}])
Oracle.show("same", :ets.match(t, {:"$1", :"$1", :_}))
Oracle.show("three", :ets.match_object(t, {:"$1", :"$1", :"$1"}))
Oracle.show("other", :ets.match(t, {:"$7", :"$3", :"$7"}))
