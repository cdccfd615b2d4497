Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, [{1, {:ok, 5}, %{a: 1, b: 2}}, {2, {:error, 6}, %{a: 2}}])
Oracle.show("tuple", :ets.match(t, {:"$1", {:ok, :"$2"}, :_}))
Oracle.show("map", :ets.match(t, {:"$1", :_, %{a: :"$2"}}))
Oracle.show("value", :ets.match(t, {:"$1", :_, %{a: 2}}))
