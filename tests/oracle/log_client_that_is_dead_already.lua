local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Fragile = GenServer.module "Fragile"
function Fragile.init(main) return "ok", main end

function Fragile.handle_call(request, from, main)
  send(main, "called")
  receive { { "go", function() error("boom") end } }
end

oracle.log_to_stderr()
local pid = GenServer.start(Fragile, self())
local client = spawn(function() GenServer.call(pid, 1) end)
receive { { "called", function() Process.exit(client, "kill") end } }
oracle.settle()
send(pid, "go")
oracle.flush_log_of(pid)
