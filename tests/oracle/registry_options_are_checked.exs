Code.require_file("support/oracle.ex", __DIR__)

Oracle.show("no keys", Oracle.raises(fn -> Registry.start_link(name: R) end))
Oracle.show("bad keys", Oracle.raises(fn -> Registry.start_link(keys: :some, name: R) end))
Oracle.show("no name", Oracle.raises(fn -> Registry.start_link(keys: :unique) end))
Oracle.show("bad partitions", Oracle.raises(fn -> Registry.start_link(keys: :unique, name: R, partitions: 0) end))
Oracle.show("bad listeners", Oracle.raises(fn -> Registry.start_link(keys: :unique, name: R, listeners: :x) end))
Oracle.show("bad meta", Oracle.raises(fn -> Registry.start_link(keys: :unique, name: R, meta: [1]) end))
Oracle.show("good", Oracle.raises(fn -> Registry.start_link(keys: :unique, name: R, partitions: 2) end))
