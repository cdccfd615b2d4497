Code.require_file("support/oracle.ex", __DIR__)
Code.require_file("support/machine.ex", __DIR__)

pid = Machine.start(:a, fn
  {:call, _}, :stop, _, _ -> {:stop, :why}
  {:call, _}, :raise, _, _ -> raise("boom")
  _, _, _, _ -> :keep_state_and_data
end)
Oracle.show("timeout", Machine.caught(fn -> :gen_statem.call(pid, :wait, 20) end))
Oracle.show("stop", Machine.caught(fn -> :gen_statem.call(pid, :stop) end))
Oracle.show("noproc", Machine.caught(fn -> :gen_statem.call(pid, :wait) end))
pid = Machine.start(:a, fn {:call, _}, :raise, _, _ -> raise("boom") end)
Oracle.show("raise", Machine.caught(fn -> :gen_statem.call(pid, :raise) end))
