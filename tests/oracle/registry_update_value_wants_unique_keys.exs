Code.require_file("support/oracle.ex", __DIR__)

{:ok, _} = Registry.start_link(keys: :duplicate, name: R)
Oracle.show("update", Oracle.caught(fn -> Registry.update_value(R, "key", & &1) end))
