Code.require_file("support/oracle.ex", __DIR__)
defmodule Refuses do
  use GenServer
  def init(:ok), do: {:ok, :old}
  def code_change(_old, _state, :refuse), do: {:error, :not_now}
  def code_change(_old, _state, :nonsense), do: :nonsense
  def code_change(_old, _state, :raise), do: raise("boom")
  def code_change(_old, _state, :exit), do: exit(:boom)
  def code_change(old, state, extra), do: {:ok, [old, state, extra]}
end

{:ok, pid} = GenServer.start(Refuses, :ok)
:sys.suspend(pid)
Oracle.show_result("refuses", :sys.change_code(pid, Refuses, "1", :refuse))
Oracle.show_result("nonsense", :sys.change_code(pid, Refuses, "1", :nonsense))
Oracle.show("raises", match?({:error, {:EXIT, {%RuntimeError{}, _}}}, :sys.change_code(pid, Refuses, "1", :raise)))
Oracle.show_result("exits", :sys.change_code(pid, Refuses, "1", :exit))
Oracle.show("state", :sys.get_state(pid))
Oracle.show_result("accepts", :sys.change_code(pid, Refuses, "1", :more))
:sys.resume(pid)
Oracle.show("state", :sys.get_state(pid))
