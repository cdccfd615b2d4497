Code.require_file("support/oracle.ex", __DIR__)

Oracle.trap_exit()

for fun <- [fn -> exit(:oops) end, fn -> exit(:normal) end, fn -> exit({:shutdown, 1}) end, fn -> raise "boom" end] do
  task = Task.async(fun)
  {:exit, {reason, {module, function, _}}} = Oracle.caught(fn -> Task.await(task) end)
  Oracle.show_reason("reason", reason)
  Oracle.show("call", {module, function})
  receive(do: ({:EXIT, _, reason} -> Oracle.show_reason("link", reason)))
end
