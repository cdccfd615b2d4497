Code.require_file("support/oracle.ex", __DIR__)

main = self()

owner =
  spawn(fn ->
    task = Task.async(fn -> Process.sleep(:infinity) end)
    send(main, {:task, task.pid})
    receive(do: (:go -> exit(:oops)))
  end)

pid = receive(do: ({:task, pid} -> pid))
ref = Process.monitor(pid)
send(owner, :go)
Oracle.show_reason("down", Oracle.down(ref))
