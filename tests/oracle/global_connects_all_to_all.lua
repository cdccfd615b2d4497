local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
local b, c, d = Node.start("b"), Node.start("c"), Node.start("d")

local function tell(main, name) send(main, { "tells", #Node.list(), global.whereis_name(name) }) end
local function connect(main, node)
  send(main, { Node.connect(node), global.sync() and "ok" })
  Process.sleep("infinity")
end
local function own(main, name)
  send(main, global.register_name(name, self()))
  Process.sleep("infinity")
end

Node.connect(b)
global.sync()
global.register_name("main", self())
oracle.show("b", #Node.list())
Node.spawn(b, connect, self(), c)
oracle.show_messages("b connects to c", 1)
oracle.settle()
oracle.show("c too", #Node.list())
Node.spawn(c, tell, self(), "main")
oracle.show_messages("c", 1)
Node.spawn(c, own, self(), "of_c")
oracle.show_messages("a name on c", 1)
Node.connect(d)
global.sync()
oracle.settle()
for _, node in ipairs { b, c, d } do
  Node.spawn(node, tell, self(), "of_c")
  oracle.show_messages("everywhere", 1)
end
oracle.show("here", #Node.list())
