Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

Oracle.show("option", complaint.(fn -> :ets.new(:a, [:foo]) end))
Oracle.show("name", complaint.(fn -> :ets.new(1, []) end))
Oracle.show("list", complaint.(fn -> :ets.new(:a, :set) end))
Oracle.show("keypos", complaint.(fn -> :ets.new(:a, [keypos: 0]) end))
Oracle.show("heir", complaint.(fn -> :ets.new(:a, [{:heir, :x, 1}]) end))
Oracle.show("named", :ets.new(:a, [:named_table]))
Oracle.show("taken", complaint.(fn -> :ets.new(:a, [:named_table]) end))
Oracle.show("concurrency", :ets.info(:ets.new(:b, read_concurrency: true), :read_concurrency))
