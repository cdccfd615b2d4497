local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Pool = DynamicSupervisor.module "Pool"
function Pool.start_link(arg) return DynamicSupervisor.start_link(Pool, arg, { name = Pool }) end
function Pool.init(arg)
  if type(arg) == "string" then return arg end
  return DynamicSupervisor.init { strategy = "one_for_one", max_children = arg[2] }
end

oracle.trap_exit()
oracle.show_result("ignore", Pool.start_link("ignore"))
oracle.show_messages("message", 1)
oracle.show_result("garbage", Pool.start_link("garbage"))
oracle.show_messages("message", 1)
local pid = Pool.start_link { "max", 0 }
oracle.show_result("again", Pool.start_link { "max", 0 })
oracle.show("pid", pid)
oracle.show_result("child", DynamicSupervisor.start_child(Pool, oracle.worker("a")))
local spec = Supervisor.child_spec({ Pool, 1 }, {})
oracle.show("spec", spec)
