Code.require_file("support/oracle.ex", __DIR__)

defmodule Failing do
  def callback_mode, do: :state_functions
  def init(:raise), do: :erlang.error(:boom)
  def init(:exit), do: exit(:left)
  def init(:normal), do: exit(:normal)
  def init(:stop), do: {:stop, :refused}
  def init(:stop_normal), do: {:stop, :normal}
  def init(:ignore), do: :ignore
  def init(:killed), do: Process.exit(self(), :kill)
  def init(:slow), do: Process.sleep(1000)
end

Oracle.trap_exit()
name = {:local, :failing}

for how <- [:exit, :normal, :stop, :stop_normal, :ignore, :killed] do
  Oracle.show_result(to_string(how), :gen_statem.start_link(name, Failing, how, []))
  Oracle.settle()
  Oracle.show_mailbox("mailbox")
  Oracle.show_result("without a link", :gen_statem.start(name, Failing, how, []))
  Oracle.settle()
  Oracle.show_mailbox("mailbox")
  Oracle.show("name", Process.whereis(:failing))
end

Oracle.show_result("slow", :gen_statem.start_link(Failing, :slow, timeout: 20))
Oracle.settle()
Oracle.show_mailbox("mailbox")
