local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Slow = Application.module "Slow"
Slow.description, Slow.vsn = "takes time", "1.2"

function Slow.start()
  Process.sleep(100)
  return Supervisor.start_link({}, { strategy = "one_for_one" })
end

Needy = Application.module "Needy"
Needy.applications = { "Slow" }
local main = self()
spawn(function() send(main, { "first", Application.start("Slow") }) end)
Process.sleep(50)
oracle.show_result("while it starts", Application.start("Needy"))
oracle.show_result("second", Application.start("Slow"))
oracle.show_messages("told", 1)
oracle.show_result("third", Application.start("Slow"))
oracle.show("started", Application.started_applications()[1])
oracle.show("vsn", Application.spec("Slow", "vsn"))
oracle.show("spec", Application.spec("Unknown"))
oracle.show("words", Application.format_error { "not_started", "Slow" })
oracle.show("words", Application.format_error { "already_started", "Slow" })
oracle.show("words", Application.format_error { "already_loaded", "Slow" })
oracle.show("words", Application.format_error { "not_loaded", "Slow" })
oracle.show("words", Application.format_error { "no such file or directory", "Slow.app" })
