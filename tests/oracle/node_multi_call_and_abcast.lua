local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
local b, c = Node.start("b"), Node.start("c")

Store = GenServer.module "Store"
function Store.init(n) return "ok", n end
function Store.handle_call.get(n, from) return "reply", n, n end
function Store.handle_call.crash(n, from) exit("crashed") end
function Store.handle_call.sleep(n, from)
  if n == 2 then Process.sleep(100) end
  return "reply", n, n
end
function Store.handle_cast.put(_, n) return "noreply", n end

local function begin(main, n)
  GenServer.start(Store, n, { name = "store" })
  send(main, "started")
end

local function show(label, replies, bad)
  table.sort(replies, function(a, b) return a[1] < b[1] end)
  oracle.show(label, replies)
  oracle.show(label .. " without an answer", bad)
end

begin(self(), 1)
Node.spawn(b, begin, self(), 2)
Node.spawn(c, begin, self(), 3)
oracle.show_messages("start", 3)

local all = { Node.self(), b, c }
show("all", GenServer.multi_call(all, "store", "get"))
show("connected", GenServer.multi_call("store", "get"))
show("nobody", GenServer.multi_call(all, "nobody", "get", 100))
show("nowhere", GenServer.multi_call({ b, "nowhere@nohost", c }, "store", "get", 1000))
show("late", GenServer.multi_call(all, "store", "sleep", 30))
Process.sleep(200)
oracle.show_mailbox("the late answer")
oracle.show("abcast", GenServer.abcast({ b, c, "nowhere@nohost" }, "store", { "put", 9 }))
oracle.settle()
show("all", GenServer.multi_call(all, "store", "get"))
oracle.show("abcast to all", GenServer.abcast("store", { "put", 10 }))
oracle.settle()
show("all", GenServer.multi_call(all, "store", "get"))
show("crash", GenServer.multi_call({ b, c }, "store", "crash"))
show("the rest", GenServer.multi_call(all, "store", "get"))
