-- args: --virtual
Logger.configure { level = "none" }
Process.flag("trap_exit", true)
W = GenServer.module "W"
function W.init(arg) return "ok", arg end
local sup = Supervisor.start_link({ { id = 1, start = function()
  return GenServer.start_link(W, 1, { name = "w" })
end } }, { strategy = "one_for_one" })

-- Three restarts in five seconds are granted.
for i = 1, 4 do
  Process.exit(Process.whereis("w"), "kill")
  Process.sleep(10)
  print(i, Process.alive(sup))
end
-- expect: 1	true
-- expect: 2	true
-- expect: 3	true
-- expect: 4	false
receive { { { "EXIT", sup, _ }, function(reason) print(inspect(reason)) end } }    -- expect: "shutdown"
