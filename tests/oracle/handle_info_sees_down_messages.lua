local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Watcher = GenServer.module "Watcher"
function Watcher.init(main) return "ok", main end

function Watcher.handle_cast.watch(main, pid)
  Process.monitor(pid)
  send(main, "watching")
  return "noreply", main
end

function Watcher.handle_info.DOWN(main, ref, kind, pid, reason)
  send(main, { "lost", pid, reason })
  return "noreply", main
end

local watcher = GenServer.start_link(Watcher, self())
local pid = spawn(function() Process.sleep("infinity") end)
GenServer.cast(watcher, { "watch", pid })
oracle.show_messages("message", 1)
Process.exit(pid, "boom")
oracle.show_messages("message", 1)
