local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Leaving = GenServer.module "Leaving"
function Leaving.init(main) return "ok", main end
function Leaving.handle_call.leave(main, from) return "stop", "normal", "bye", main end

function Leaving.terminate(reason, main)
  Process.sleep(30)
  send(main, { "terminated", reason })
end

local pid = GenServer.start_link(Leaving, self())
local ref = Process.monitor(pid)
oracle.show("reply", GenServer.call(pid, "leave"))
oracle.show_messages("message", 1)
oracle.show_reason("ended", oracle.down(ref))
