Code.require_file("support/oracle.ex", __DIR__)

complaint = fn fun ->
  {:error, message} = Oracle.caught(fun)
  String.trim(message)
end

t = :ets.new(:t, [])
{dead, ref} = spawn_monitor(fn -> :ok end)
Oracle.down(ref)
Oracle.show("oneself", complaint.(fn -> :ets.give_away(t, self(), 1) end))
Oracle.show("dead", complaint.(fn -> :ets.give_away(t, dead, 1) end))
Oracle.show("no pid", complaint.(fn -> :ets.give_away(t, :x, 1) end))
Oracle.show("no table", complaint.(fn -> :ets.give_away(:nope, dead, 1) end))
