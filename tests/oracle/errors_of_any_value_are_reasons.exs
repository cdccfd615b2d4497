Code.require_file("support/oracle.ex", __DIR__)

plain = fn
  {reason, stack} when is_list(stack) -> [reason, stack != []]
  reason -> reason
end

for value <- [:atom, {:tagged, 1}, 42, [1, 2]] do
  {_, ref} = spawn_monitor(fn -> :erlang.error(value) end)
  Oracle.show("raised", plain.(Oracle.down(ref)))
  {_, ref} = spawn_monitor(fn -> exit(value) end)
  Oracle.show("exit", Oracle.down(ref))
end

{_, ref} = spawn_monitor(fn ->
  try do
    exit(:first)
  catch
    :exit, :first -> exit(:second)
  end
end)

Oracle.show("exit while catching", Oracle.down(ref))

{_, ref} = spawn_monitor(fn ->
  try do
    :erlang.error(:first)
  catch
    :error, reason -> :erlang.error({:again, reason})
  end
end)

Oracle.show("raised again", plain.(Oracle.down(ref)))
