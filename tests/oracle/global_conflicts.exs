Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/cluster.ex", __DIR__)
b = Cluster.start(:b)

side =
  defmodule Side do
    # Takes the name while the nodes are apart, and tells what it gets.
    def run(main, side, name, resolve) do
      other = if side == :here, do: hd(Node.list()), else: node(main)
      Node.monitor(other, true)
      receive do
        {:nodedown, _} -> :ok
      end
      answer = :global.register_name(name, self(), resolve)
      Process.sleep(400)
      send(main, {:registered, side, answer})
      forward(main, side)
    end

    def forward(main, side) do
      receive do
        message -> send(main, {:got, side, Tuple.to_list(message)})
      end
      forward(main, side)
    end

    def tell(main, name), do: send(main, {:known, :global.whereis_name(name)})

    def first(_, one, _), do: one
    def second(_, _, other), do: other
    def neither(_, _, _), do: :none
    def nonsense(_, _, _), do: 42
    def fails(_, _, _), do: exit(:oops)

    # Who is given as the first and as the second, and where the question is asked.
    def tells(_, one, other) do
      send(one, {:first, node() == node(one)})
      send(other, {:second, node() == node(other)})
      other
    end
  end

Cluster.load(b, side)

defmodule Main do
  def registered(_, 0), do: %{}

  def registered(name, count) do
    receive do
      {:registered, side, answer} -> Map.put(registered(name, count - 1), side, answer)
    after
      3000 -> %{}
    end
  end

  def got(side) do
    receive do
      {:got, ^side, message} -> [message | got(side)]
    after
      100 -> []
    end
  end

  def known do
    receive do
      {:known, pid} -> pid
    end
  end

  def whose(:undefined, _), do: :nobody
  def whose(pid, pid), do: :here
  def whose(_, _), do: :there
end

conflict = fn name, resolve ->
  Node.connect(b)
  :global.sync()
  here = spawn(Side, :run, [self(), :here, name, resolve])
  there = Node.spawn(b, Side, :run, [self(), :there, name, resolve])
  Oracle.settle()
  Node.disconnect(b)
  Oracle.settle()
  Node.connect(b)
  :global.sync()
  Process.sleep(700)
  sides = Main.registered(name, 2)
  Oracle.show("#{name}: here it registered", Map.get(sides, :here))
  Oracle.show("#{name}: there it registered", Map.get(sides, :there))
  known = :global.whereis_name(name)
  Oracle.show("#{name}: has it", Main.whose(known, here))
  Node.spawn(b, Side, :tell, [self(), name])
  Oracle.show("#{name}: b agrees", Main.known() == known)
  Oracle.show("#{name}: lives here", Process.alive?(here))
  Oracle.show("#{name}: lives there", :erpc.call(b, :erlang, :is_process_alive, [there]))
  for side <- [:here, :there], do: Oracle.show("#{name}: got #{side}", Main.got(side))
  :global.unregister_name(name)
end

conflict.(:exits, &:global.random_exit_name/3)
conflict.(:notified, &:global.random_notify_name/3)
conflict.(:all_notified, &:global.notify_all_name/3)
conflict.(:first, &Side.first/3)
conflict.(:second, &Side.second/3)
conflict.(:neither, &Side.neither/3)
conflict.(:nonsense, &Side.nonsense/3)
conflict.(:fails, &Side.fails/3)
conflict.(:tells, &Side.tells/3)
