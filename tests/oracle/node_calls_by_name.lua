local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
oracle.trap_exit()
local b = Node.start("b")

Store = GenServer.module "Store"
function Store.init(n) return "ok", n end
function Store.handle_call.get(n, from) return "reply", n, n end
function Store.handle_call.where(n, from) return "reply", Node.self(), n end
function Store.handle_call.sleep(n, from) Process.sleep(100) return "reply", "late", n end
function Store.handle_call.crash(n, from) exit("crashed") end
function Store.handle_call.stop(n, from) return "stop", "stopped", "bye", n end
function Store.handle_cast.put(_, n) return "noreply", n end

local main = self()
local function start()
  Node.spawn(b, function()
    GenServer.start(Store, 7, { name = "store" })
    send(main, "started")
  end)
  oracle.show_messages("start", 1)
end

local function call(label, server, request, timeout)
  oracle.show(label, oracle.caught(function() return GenServer.call(server, request, timeout) end))
end

start()
local name = { "store", b }
call("get", name, "get", 5000)
call("where", name, "where", 5000)
oracle.show_result("cast", GenServer.cast(name, { "put", 8 }))
call("get", name, "get", 5000)
oracle.show("whereis", GenServer.whereis(name))
call("timeout", name, "sleep", 20)
Process.sleep(200)
oracle.show_mailbox("the late answer")
call("stop", name, "stop", 5000)
call("nobody", name, "get", 5000)
oracle.show_result("cast to nobody", GenServer.cast(name, { "put", 8 }))
oracle.show("send to nobody", send(name, "hello"))
start()
call("crash", name, "crash", 5000)
start()
local ref = Process.monitor(name)
oracle.show_result("stopped", GenServer.stop(name, "shutdown"))
oracle.show("down", oracle.down(ref))
local nowhere = { "store", "nowhere@nohost" }
call("nowhere", nowhere, "get", 5000)
oracle.show_result("cast nowhere", GenServer.cast(nowhere, { "put", 8 }))
oracle.show("send nowhere", send(nowhere, "hello"))
Process.monitor(nowhere)
oracle.show_messages("monitor nowhere", 1)
Process.monitor(name)
oracle.show_messages("monitor nobody", 1)
