local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Bear = GenServer.module "Bear"
function Bear.init(following)
  if following then return "ok", nil, following end
  return "ok", nil
end
function Bear.handle_call.sleep(state) return "reply", "ok", state, "hibernate" end
function Bear.handle_call.wake(state) return "reply", "ok", state end
function Bear.handle_cast.sleep(state) return "noreply", state, "hibernate" end
function Bear.handle_info.sleep(state) return "noreply", state, { "continue", "sleep" } end
function Bear.handle_continue.sleep(state) return "noreply", state, "hibernate" end

local function show(label, pid)
  oracle.settle()
  local doing = Process.info(pid, "current_function"):match("%.(%w+)")
  oracle.show(label, { doing, Process.info(pid, "status") })
end

local bear = GenServer.start(Bear, nil)
show("started", bear)
GenServer.call(bear, "sleep")
show("asleep", bear)
sys.get_state(bear)
show("a system message", bear)
GenServer.call(bear, "wake")
show("woken", bear)
GenServer.cast(bear, "sleep")
show("by a cast", bear)
GenServer.call(bear, "wake")
send(bear, "sleep")
show("after continue", bear)
local born = GenServer.start(Bear, "hibernate")
show("from init", born)
oracle.show("still there", GenServer.call(born, "wake"))
show("woken", born)
