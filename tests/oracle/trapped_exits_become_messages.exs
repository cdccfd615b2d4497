Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()

for reason <- [:normal, :shutdown, {:shutdown, :idle}, :boom] do
  spawn_link(fn -> exit(reason) end)
  Oracle.show_messages("message", 1)
end

spawn_link(fn -> raise "boom" end)
Oracle.show_messages("message", 1)
