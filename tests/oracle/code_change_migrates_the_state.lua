local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Store = GenServer.module "Store"
function Store.init(n) return "ok", n end
function Store.handle_call.get(n, from) return "reply", n, n end
function Store.code_change(old, n, extra)
  if extra == "fail" then return "error", { old, n } end
  return "ok", { old, n, extra }
end

local pid = GenServer.start_link(Store, 1)
oracle.show_result("suspend", sys.suspend(pid))
oracle.show_result("change_code", sys.change_code(pid, Store, "1.0", "new"))
oracle.show_result("failing", sys.change_code(pid, Store, "2.0", "fail"))
oracle.show_result("resume", sys.resume(pid))
oracle.show("state", GenServer.call(pid, "get"))
