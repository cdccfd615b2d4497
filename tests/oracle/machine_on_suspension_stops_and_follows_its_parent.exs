Code.require_file("support/oracle.ex", __DIR__)

Code.require_file("support/machine.ex", __DIR__)
Oracle.trap_exit()
keep = &Machine.keep/4

for stop <- [
      fn pid -> :gen_statem.stop(pid, :done, :infinity) end,
      fn pid -> :sys.terminate(pid, :done) end,
      fn pid -> Process.exit(pid, :signal) end,
      fn pid -> send(pid, {:EXIT, self(), :pretended}) end,
      fn pid -> Process.exit(pid, :kill) end
    ] do
  pid = Machine.start(:a, keep, last: true, trap: true)
  down = Machine.down(pid)
  :sys.suspend(pid)
  Machine.casts(pid, [1])
  stop.(pid)
  Oracle.settle()
  Oracle.show("alive", Process.alive?(pid))
  if Process.alive?(pid), do: :sys.resume(pid)
  Oracle.settle()
  if Process.alive?(pid), do: :gen_statem.stop(pid)
  down.()
  Machine.show(10)
end
