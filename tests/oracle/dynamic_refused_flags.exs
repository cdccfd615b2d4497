Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()

start = fn options ->
  Oracle.show_result("answer", DynamicSupervisor.start_link(options))
  Oracle.show_messages("message", 1)
end

start.(strategy: :one_for_all)
start.(strategy: :unknown)
start.(max_restarts: -1)
start.(max_seconds: 0)
start.(max_children: -1)
start.(max_children: :many)
start.(extra_arguments: :none)
