Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [:ordered_set])
:ets.insert(t, [{1, %{a: 1, b: 2}}, {2, %{a: 1}}, {3, %{b: %{c: 1, d: 2}}}])
Oracle.show("value", :ets.match(t, {:"$1", %{a: 1}}))
Oracle.show("any", :ets.match(t, {:"$1", %{b: :_}}))
Oracle.show("inside", :ets.match(t, {:"$1", %{b: %{c: 1}}}))
Oracle.show("bound", :ets.match(t, {:"$1", %{b: :"$2"}}))
