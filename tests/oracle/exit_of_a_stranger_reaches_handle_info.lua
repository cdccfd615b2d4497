local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Trapping = GenServer.module "Trapping"

function Trapping.init(main)
  Process.flag("trap_exit", true)
  return "ok", main
end

function Trapping.handle_info(message, main)
  send(main, { "info", message })
  return "noreply", main
end

local pid = GenServer.start_link(Trapping, self())

for i, reason in ipairs { "normal", "boom" } do
  spawn(function()
    Process.link(pid)
    exit(reason)
  end)

  oracle.show_messages("message", 1)
end

oracle.show("alive", Process.alive(pid))
