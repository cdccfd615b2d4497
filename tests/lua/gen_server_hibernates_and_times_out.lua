-- args: --virtual
Timed = GenServer.module "Timed"
function Timed.init(main) return "ok", main, 100 end
function Timed.handle_info.timeout(main)
  send(main, "timeout")
  return "noreply", main, "hibernate"
end
function Timed.handle_call.ping(main, from) return "reply", "pong", main end

local pid = GenServer.start_link(Timed, self())
print(receive())                                   -- expect: timeout
print(GenServer.call(pid, "ping"))                 -- expect: pong
