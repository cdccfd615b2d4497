Code.require_file("support/oracle.ex", __DIR__)

t = :ets.new(:t, [])
:ets.insert(t, {1, :a})
body = fn body -> :ets.select(t, [{{:"$1", :"$2"}, [], [body]}]) end
Oracle.show("whole", body.({:+, :"$1", :"$2"}))
Oracle.show("inside", body.({{:"$1", {:+, :"$1", :"$2"}}}))
Oracle.show("operand", body.({:is_integer, {:+, :"$1", :"$2"}}))
Oracle.show("compared", body.({:==, {:hd, :"$1"}, :EXIT}))
Oracle.show("and", body.({:and, true, :"$1"}))
Oracle.show("andalso", body.({:andalso, true, :"$1"}))
Oracle.show("orelse", body.({:orelse, :"$1", true}))
Oracle.show("guard", :ets.select(t, [{{:"$1", :"$2"}, [{:"/=", {:hd, :"$1"}, 1}], [true]}]))
Oracle.show("several", :ets.select(t, [{{:"$1", :"$2"}, [], [{:hd, :"$1"}, :"$2"]}]))
