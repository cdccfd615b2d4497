Code.require_file("support/oracle.ex", __DIR__)

{:ok, _} = Registry.start_link(keys: :unique, name: R)
Oracle.show("no clause", Oracle.raises(fn -> Registry.select(R, [1]) end))
Oracle.show("no head", Oracle.raises(fn -> Registry.select(R, [{1, [], [1]}]) end))
Oracle.show("unknown guard", Oracle.raises(fn -> Registry.select(R, [{{:_, :_, :_}, [{:wrong, 1}], [1]}]) end))
Oracle.show("match guard", Oracle.raises(fn -> Registry.match(R, "key", :_, [{:wrong, 1}]) end))
Oracle.show("empty", Registry.select(R, []))
