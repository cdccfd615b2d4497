local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

oracle.trap_exit()

for i, reason in ipairs { "normal", "shutdown", { "shutdown", "idle" }, "boom" } do
  spawn_link(function() exit(reason) end)
  oracle.show_messages("message", 1)
end

spawn_link(function() error("boom") end)
oracle.show_messages("message", 1)
