Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()
{:ok, sup} = Supervisor.start_link([], strategy: :one_for_one)
wrong = [
  %{id: :a, restart: :always},
  %{id: :a, shutdown: -1},
  %{id: :a, shutdown: :soon},
  %{id: :a, type: :manager},
  %{id: :a, modules: :none},
  %{id: :a, significant: 1}
]
for spec <- wrong do
  spec = Map.put(spec, :start, {Worker, :start_link, [%{id: :a, main: self()}]})
  Oracle.show_result("start_child", Supervisor.start_child(sup, spec))
end
Oracle.show("children", Supervisor.which_children(sup))
