Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/cluster.ex", __DIR__)
[b, c, d] = for name <- [:b, :c, :d], do: Cluster.start(name)

far =
  defmodule Far do
    def tell(main, name), do: send(main, {:tells, length(Node.list()), :global.whereis_name(name)})
    def connect(main, node), do: send(main, {Node.connect(node), :global.sync()}) && Process.sleep(:infinity)
    def own(main, name), do: send(main, :global.register_name(name, self())) && Process.sleep(:infinity)
  end

for node <- [b, c, d], do: Cluster.load(node, far)

Node.connect(b)
:global.sync()
:global.register_name(:main, self())
Oracle.show("b", length(Node.list()))
Node.spawn(b, Far, :connect, [self(), c])
Oracle.show_messages("b connects to c", 1)
Oracle.settle()
Oracle.show("c too", length(Node.list()))
Node.spawn(c, Far, :tell, [self(), :main])
Oracle.show_messages("c", 1)
Node.spawn(c, Far, :own, [self(), :of_c])
Oracle.show_messages("a name on c", 1)
Node.connect(d)
:global.sync()
Oracle.settle()
for node <- [b, c, d] do
  Node.spawn(node, Far, :tell, [self(), :of_c])
  Oracle.show_messages("everywhere", 1)
end
Oracle.show("here", length(Node.list()))
