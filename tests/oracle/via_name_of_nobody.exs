Code.require_file("support/oracle.ex", __DIR__)

{:ok, _} = Registry.start_link(keys: :unique, name: R)
name = {:via, Registry, {R, "nobody"}}
Oracle.show("whereis", GenServer.whereis(name))
Oracle.show_reason("call", Oracle.caught(fn -> GenServer.call(name, :get, 100) end))
Oracle.show_result("cast", GenServer.cast(name, :get))
Oracle.show_reason("stop", Oracle.caught(fn -> GenServer.stop(name) end))
Oracle.show("send", Oracle.raises(fn -> Registry.send({R, "nobody"}, :hello) end))
