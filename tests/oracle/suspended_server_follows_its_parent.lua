local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local function parent(trap)
  return spawn(function()
    local pid = GenServer.start_link(Worker, { id = "child", main = main, trap = trap })
    sys.suspend(pid)
    send(main, { "child", pid })
    exit(receive())
  end)
end

for index, trap in ipairs { true, false } do
  for place, reason in ipairs { "normal", "shutdown", "crash" } do
    local pid = parent(trap)
    oracle.show_messages("message", 1)
    local child = receive { { { "child", _ }, function(child) return child end } }
    local ref = Process.monitor(child)
    send(pid, reason)
    oracle.settle()
    oracle.show("alive", Process.alive(child))
    Process.exit(child, "kill")
    oracle.show("down", oracle.down(ref))
    oracle.show_mailbox("message")
  end
end
