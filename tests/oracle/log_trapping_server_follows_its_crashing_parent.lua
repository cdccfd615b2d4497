local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Follower = GenServer.module "Follower"

function Follower.init(n)
  Process.flag("trap_exit", true)
  return "ok", n
end

local main = self()
oracle.log_to_stderr()

local parent = spawn(function()
  GenServer.start_link(Follower, 7)
  send(main, "ready")
  receive { { "end", function() exit("boom") end } }
end)

receive { { "ready", function() send(parent, "end") end } }
oracle.flush_log()
