-- exit: 1
Shop = Application.module "Shop"
function Shop.start() return Supervisor.start_link({}, { strategy = "one_for_one", name = "Top" }) end
function Shop.stop() print("stopped") end

print(Application.start(Shop, "permanent"))
-- expect: true
-- expect: stopped
Process.flag("trap_exit", true)
Process.exit(Process.whereis "Top", "kill")
-- expect error: [notice] Application Shop exited: killed
-- expect error: Kernel pid terminated (application_controller) ({application_terminated,Shop,"killed"})
receive { after = { 5000, function() print("not reached") end } }
