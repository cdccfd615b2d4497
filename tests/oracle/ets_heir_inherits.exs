Code.require_file("support/oracle.ex", __DIR__)

main = self()
{owner, ref} =
  spawn_monitor(fn ->
    t = :ets.new(:legacy, [:named_table, {:heir, main, {:from, "grandma"}}])
    :ets.insert(t, {:gold, 3})
    exit(:old_age)
  end)
Oracle.show("owner", owner)
Oracle.show("reason", Oracle.down(ref))
Oracle.show_messages("message", 1)
Oracle.show_mailbox("more")
Oracle.show("object", :ets.tab2list(:legacy) == [{:gold, 3}])
Oracle.show("mine", :ets.info(:legacy, :owner) == self())
Oracle.show("heir", :ets.info(:legacy, :heir) == self())
Oracle.show("write", :ets.insert(:legacy, {1, 2}))
