local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Owner = GenServer.module "Owner"

function Owner.init(arg)
  local main, trap = arg[1], arg[2]
  Process.flag("trap_exit", trap)
  local worker = spawn_link(function() exit(receive()) end)
  send(main, { "worker", worker })
  return "ok", main
end

function Owner.handle_cast.stop(main, reason) return "stop", reason, main end
function Owner.handle_info.EXIT(main, from, reason)
  send(main, { "seen", reason })
  return "noreply", main
end
function Owner.terminate(reason, main) send(main, { "terminate", reason }) end

local ends = {
  { "worker", "normal" }, { "worker", "crash" },
  { "owner", "normal" }, { "owner", "shutdown" }, { "owner", "crash" },
}

for place, trap in ipairs { true, false } do
  for index, pair in ipairs(ends) do
    local who, reason = pair[1], pair[2]
    local owner = GenServer.start(Owner, { self(), trap })
    local worker = receive { { { "worker", any }, function(worker) return worker end } }
    if who == "worker" then send(worker, reason) else GenServer.cast(owner, { "stop", reason }) end
    oracle.settle()
    oracle.show(who .. " " .. reason, { Process.alive(owner), Process.alive(worker) })
    oracle.show_mailbox("message")
    Process.exit(owner, "kill")
    Process.exit(worker, "kill")
  end
end
