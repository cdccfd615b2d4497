Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, &Machine.keep/4, enter: true, actions: [
  :postpone, {:next_event, :internal, 1}, {:next_event, :cast, 2}, {:timeout, 5, :idle},
  {:state_timeout, 0, :now}, {{:timeout, :x}, 30, :later}, :hibernate
])
Machine.show()
Oracle.show("state", elem(:sys.get_state(pid), 0))
