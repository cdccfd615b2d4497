Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/cluster.ex", __DIR__)
Oracle.trap_exit()
b = Cluster.start(:b)

far =
  defmodule Far do
    def wait, do: receive(do: ({:end, reason} -> exit(reason)))

    def trap(main) do
      Process.flag(:trap_exit, true)
      send(main, :ready)
      receive(do: (m -> send(main, {:got, m})))
    end
  end

Cluster.load(b, far)
wait = &Far.wait/0

for reason <- [:boom, :normal, {:shutdown, 1}] do
  pid = Node.spawn(b, wait)
  Process.register(self(), :main)
  Oracle.show("link", Process.link(pid))
  Process.monitor(pid)
  send(pid, {:end, reason})
  Oracle.show_messages("ended", 2)
  Process.unregister(:main)
  Oracle.show("link to the dead", Process.link(pid))
  Oracle.show_messages("dead", 1)
  Process.monitor(pid)
  Oracle.show_messages("dead", 1)
end

pid = Node.spawn_link(b, wait)
Oracle.show("kill", Process.exit(pid, :kill))
Oracle.show_messages("killed", 1)
{pid, _} = Node.spawn_monitor(b, wait)
Process.exit(pid, :normal)
Oracle.settle()
Oracle.show_mailbox("a normal exit from another")
Process.exit(pid, :why)
Oracle.show_messages("exit signal", 1)

pid = Node.spawn_link(b, wait)
Process.unlink(pid)
send(pid, {:end, :late})
Oracle.settle()
Oracle.show_mailbox("unlinked")
ref = Process.monitor(Node.spawn(b, wait))
Oracle.show("demonitor", Process.demonitor(ref, [:flush]))
Oracle.settle()
Oracle.show_mailbox("demonitored")

# The end of this side ends the other.
far = Node.spawn(b, Far, :trap, [self()])
Oracle.show_messages("trapping", 1)
near = spawn(fn -> Process.link(far); receive(do: (:go -> exit(:bang))) end)
send(near, :go)
Oracle.show_messages("it", 1)
