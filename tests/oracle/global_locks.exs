Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/cluster.ex", __DIR__)
b = Cluster.start(:b)
Node.connect(b)
:global.sync()

far =
  defmodule Far do
    def lock(main, id, retries), do: send(main, {:locked, :global.set_lock(id, [node() | Node.list()], retries)}) && Process.sleep(:infinity)
    def try(main, id), do: send(main, {:tried, :global.trans(id, fn -> :done end, [node() | Node.list()], 0)})
  end

Cluster.load(b, far)
all = [node(), b]
there = fn label, id ->
  Node.spawn(b, Far, :try, [self(), id])
  Oracle.show_messages(label, 1)
end

Oracle.show("set", :global.set_lock({:printer, :me}))
Oracle.show("set again", :global.set_lock({:printer, :me}))
Oracle.show("by another", :global.set_lock({:printer, :you}, all, 0))
there.("there", {:printer, :you})
there.("there for the same", {:printer, :me})
there.("another lock", {:scanner, :you})
Oracle.show("del", :global.del_lock({:printer, :you}))
Oracle.show("not one's own", :global.set_lock({:printer, :you}, all, 0))
Oracle.show("del", :global.del_lock({:printer, :me}))
there.("free", {:printer, :you})
Oracle.show("only here", :global.set_lock({:local, :me}, [node()]))
there.("not here", {:local, :you})
:global.del_lock({:local, :me})
Oracle.show("trans", :global.trans({:printer, :me}, fn -> :global.set_lock({:printer, :you}, all, 0) end))
Oracle.show("aborted", (:global.set_lock({:printer, :me}); :global.trans({:printer, :you}, fn -> :no end, all, 0)))
:global.del_lock({:printer, :me})
Oracle.show_reason("trans that exits", Oracle.caught(fn -> :global.trans({:printer, :me}, fn -> exit(:oops) end) end))
Oracle.show("is free", :global.set_lock({:printer, :you}, all, 0))
:global.del_lock({:printer, :you})

# A lock ends with its process, and with its node.
holder = spawn(Far, :lock, [self(), {:printer, :holder}, 0])
Oracle.show_messages("held", 1)
there.("there", {:printer, :you})
Process.exit(holder, :kill)
Oracle.settle()
there.("freed", {:printer, :you})
Node.spawn(b, Far, :lock, [self(), {:printer, :holder}, 0])
Oracle.show_messages("held there", 1)
Oracle.show("here", :global.set_lock({:printer, :you}, all, 0))
waiter = spawn(Far, :lock, [self(), {:printer, :waiter}, :infinity])
Cluster.stop(b)
Oracle.show_messages("the one who waits", 1)
Process.exit(waiter, :kill)
Oracle.settle()
Oracle.show("free", :global.set_lock({:printer, :you}, all, 0))
