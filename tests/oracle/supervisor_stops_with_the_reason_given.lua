local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()
for _, reason in ipairs { "normal", "shutdown", { "shutdown", "why" }, "odd" } do
  local sup = Supervisor.start_link({ oracle.worker("a", {}, { trap = true }) }, { strategy = "one_for_one" })
  oracle.show_result("stop", Supervisor.stop(sup, reason))
  oracle.show_messages("message", 3)
end
