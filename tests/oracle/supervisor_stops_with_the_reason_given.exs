Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
for reason <- [:normal, :shutdown, {:shutdown, :why}, :odd] do
  {:ok, sup} = Supervisor.start_link([Oracle.worker(:a, %{}, %{trap: true})], strategy: :one_for_one)
  Oracle.show_result("stop", Supervisor.stop(sup, reason))
  Oracle.show_messages("message", 3)
end
