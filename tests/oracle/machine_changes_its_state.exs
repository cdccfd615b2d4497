Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:off, fn
  :cast, :push, :off, d -> {:next_state, :on, d}
  :cast, :push, :on, d -> {:next_state, :off, d}
end)
Machine.casts(pid, [:push, :push, :push])
Machine.show()
{state, _} = :sys.get_state(pid)
Oracle.show("state", state)
