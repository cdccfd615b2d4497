-- A callback may look at its own process, also in init and after it has waited.
Server = GenServer.module "Server"
function Server.init(n)
  print("init", Process.info(self(), "status"), #Process.info(self(), "links"))
  Process.sleep(1)
  print("init", Process.info(self(), "status"), erlang.system_info("process_count"))
  return "ok", n
end
function Server.handle_call.look(n) return "reply", Process.info(self(), "status"), n end

-- expect: init	running	1
-- expect: init	running	2
local pid = GenServer.start_link(Server, 1)
print(GenServer.call(pid, "look"), Process.info(pid, "status")) -- expect: running	waiting
