Logger.configure { handle_sasl_reports = true }
W = GenServer.module "W"
function W.init(arg) return "ok", arg end
local sup = Supervisor.start_link({ { W, 1 } }, { strategy = "one_for_one" })
-- expect error: Child W of Supervisor #PID<
-- expect error: Start Call: W.start_link(1)
-- expect error: Restart: "permanent"
Process.exit(Supervisor.which_children(sup)[1][2], "kill")
Process.sleep(10)
-- expect error: terminated
-- expect error: ** (exit) killed
print("done")    -- expect: done
