Code.require_file("support/oracle.ex", __DIR__)

defmodule Slow do
  use GenServer
  def start_link(arg), do: GenServer.start_link(__MODULE__, arg)
  def init(arg), do: (Process.flag(:trap_exit, true); {:ok, arg})

  def terminate(_, {main, name, time}) do
    Process.sleep(time)
    send(main, {:done, name})
  end
end

{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one)

for {name, time, shutdown} <- [{:a, 300, 1000}, {:b, 150, 1000}, {:c, 30, 1000}, {:d, 5000, 400}, {:e, 5000, 200}] do
  spec = %{id: name, start: {Slow, :start_link, [{self(), name, time}]}, shutdown: shutdown}
  {:ok, pid} = DynamicSupervisor.start_child(sup, spec)
  ref = Process.monitor(pid)
  Process.put(ref, name)
end

started = System.monotonic_time(:millisecond)
Oracle.show_result("stop", DynamicSupervisor.stop(sup))
took = System.monotonic_time(:millisecond) - started
Oracle.show("within", took >= 400 and took < 700)

for _ <- 1..8 do
  receive do
    {:done, name} -> Oracle.show("done", name)
    {:DOWN, ref, _, _, reason} -> Oracle.show_reason("down", {Process.get(ref), reason})
  end
end
