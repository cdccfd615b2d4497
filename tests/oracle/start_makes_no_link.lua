local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Plain = GenServer.module "Plain"
function Plain.init(state) return "ok", state end
function Plain.handle_cast(reason, state) return "stop", reason, state end

oracle.trap_exit()
local pid = GenServer.start(Plain, 0)
local ref = Process.monitor(pid)
GenServer.cast(pid, "boom")
oracle.show_reason("start", oracle.down(ref))
oracle.settle()
oracle.show_mailbox("message")
pid = GenServer.start_link(Plain, 0)
GenServer.cast(pid, "boom")
oracle.show_messages("message", 1)
