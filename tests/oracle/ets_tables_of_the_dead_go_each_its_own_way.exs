Code.require_file("support/oracle.ex", __DIR__)

main = self()
second = spawn(fn -> receive do message -> send(main, {:second, Tuple.delete_at(message, 1)}) end; Process.sleep(:infinity) end)
dead = spawn(fn -> :ok end)

owner =
  spawn(fn ->
    for {name, heir} <- [a: main, b: second, c: dead, d: nil, e: self()] do
      options = if heir, do: [{:heir, heir, {:of, name}}], else: []
      :ets.new(name, [:named_table, :public | options])
      :ets.insert(name, {1, name})
    end

    send(main, :ready)
    receive do: (:end -> :ok)
  end)

Oracle.show_messages("message", 1)
:ets.safe_fixtable(:d, true)
ref = Process.monitor(owner)
send(owner, :end)
Oracle.show("down", Oracle.down(ref))
Oracle.settle()
Oracle.show_mailbox("message")
for name <- [:a, :b, :c, :d, :e], do: Oracle.show("#{name}", :ets.whereis(name) != :undefined and :ets.info(name, :owner) in [main, second])
Oracle.show("a", :ets.tab2list(:a))
:ets.new(:d, [:named_table])
Oracle.show("a name again", :ets.info(:d, :size))
Oracle.show("heir of a", :ets.info(:a, :heir))
