Code.require_file("support/oracle.ex", __DIR__)

for reason <- [:normal, :shutdown, :boom, {:code, 7}] do
  {_, ref} = spawn_monitor(fn -> exit(reason) end)
  Oracle.show_reason("ended", Oracle.down(ref))
end

{_, ref} = spawn_monitor(fn -> :result end)
Oracle.show_reason("ended", Oracle.down(ref))
{_, ref} = spawn_monitor(fn -> raise "boom" end)
Oracle.show_reason("ended", Oracle.down(ref))
