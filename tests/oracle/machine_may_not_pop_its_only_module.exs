Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

defmodule First do
  def callback_mode, do: :state_functions
  def init(main), do: {:ok, :a, main}
  def a({:call, from}, action, _), do: {:keep_state_and_data, [action, {:reply, from, :first}]}
  def terminate(reason, state, main), do: send(main, {:first, reason, state})
end

defmodule Second do
  def callback_mode, do: [:handle_event_function, :state_enter]
  def handle_event(:enter, old, state, main), do: (send(main, {:entered, old, state}); :keep_state_and_data)
  def handle_event({:call, from}, action, :a, main), do: {:next_state, :b, main, [action, {:reply, from, :second}]}
  def handle_event({:call, from}, action, :b, main), do: {:next_state, :a, main, [action, {:reply, from, :second}]}
  def terminate(reason, state, main), do: send(main, {:second, reason, state})
end


{:ok, pid} = :gen_statem.start(First, self(), [])
down = Machine.down(pid)
Oracle.show("call", Machine.caught(fn -> :gen_statem.call(pid, :pop_callback_module) end))
down.()
Machine.show()
