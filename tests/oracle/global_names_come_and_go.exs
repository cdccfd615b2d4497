Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/cluster.ex", __DIR__)
b = Cluster.start(:b)
Node.connect(b)
:global.sync()

far =
  defmodule Far do
    def where(name) do
      case :global.whereis_name(name) do
        :undefined -> nil
        pid -> pid
      end
    end

    def tell(main, name), do: send(main, {:known, where(name) || :nobody})
    def register(main, name), do: send(main, {:registered, :global.register_name(name, self())}) && forever()
    def forever, do: Process.sleep(:infinity)
  end

Cluster.load(b, far)

there = fn label, name ->
  Oracle.settle()
  Node.spawn(b, Far, :tell, [self(), name])
  Oracle.show_messages(label, 1)
end

one = spawn(&Far.forever/0)
two = spawn(&Far.forever/0)
Oracle.show("nobody", Far.where(:name))
Oracle.show("register", :global.register_name(:name, one))
Oracle.show("it has it", Far.where(:name))
there.("also there", :name)
Oracle.show("names", :global.registered_names())
Oracle.show("again", :global.register_name(:name, one))
Oracle.show("another", :global.register_name(:name, two))
Oracle.show("taken over", :global.re_register_name(:name, two))
Oracle.show("the other has it", Far.where(:name) == two)
there.("also there", :name)
Oracle.show_result("unregister", :global.unregister_name(:name))
Oracle.show_result("of nobody", :global.unregister_name(:name))
Oracle.show("nobody again", Far.where(:name))
there.("also there", :name)
Oracle.show("any value", :global.register_name({:room, 7}, one))
there.("there", {:room, 7})
Oracle.show("send", :global.send({:room, 7}, :hello))
Oracle.show("what came", Process.info(one, :messages) |> elem(1))
Oracle.show("send to nobody", Oracle.caught(fn -> :global.send(:nobody, :hello) end))

# Until the process ends.
Process.exit(one, :kill)
Oracle.settle()
Oracle.show("dead", Far.where({:room, 7}))
there.("dead", {:room, 7})
Oracle.show("a dead one", :global.register_name(:ghost, one))
Oracle.settle()
Oracle.show("has no name", Far.where(:ghost))

# Until the node ends.
Node.spawn(b, Far, :register, [self(), :of_b])
Oracle.show_messages("there", 1)
Oracle.show("of b", Far.where(:of_b))
Oracle.show("known", :global.registered_names())
Cluster.stop(b)
Oracle.settle()
Oracle.show("gone", Far.where(:of_b))
Oracle.show("none", :global.registered_names())
