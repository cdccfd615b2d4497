local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Server = GenServer.module "Server"
function Server.init(main) return "ok", main end
function Server.handle_call.bye(main, from)
  GenServer.reply(from, "answered")
  return "stop", { "shutdown", "bye" }, main
end
function Server.handle_call.silent(main) return "stop", { "shutdown", "silent" }, main end
function Server.terminate(reason, main) send(main, { "terminate", reason }) end

for _, request in ipairs { "bye", "silent" } do
  local pid = GenServer.start(Server, self())
  local ref = Process.monitor(pid)
  local answer = oracle.caught(function() return GenServer.call(pid, request) end)
  if type(answer) == "table" then answer = { "exit", answer[2][1] } end
  oracle.show("answer", answer)
  oracle.show("down", oracle.down(ref))
  oracle.show_mailbox("event")
end
