Code.require_file("support/oracle.ex", __DIR__)

{:ok, sup} = DynamicSupervisor.start_link(strategy: :one_for_one)

start = fn overrides ->
  Oracle.show_result("answer", DynamicSupervisor.start_child(sup, Oracle.worker(:a, overrides)))
end

start.(%{restart: :sometimes})
start.(%{shutdown: :soon})
start.(%{shutdown: -1})
start.(%{shutdown: 0})
