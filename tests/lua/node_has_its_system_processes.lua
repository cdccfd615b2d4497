-- args: --virtual
-- What every node has before it has any other process.
Cache = GenServer.module "Cache"
function Cache.start_link(options) return GenServer.start_link(Cache, nil, options) end
function Cache.init() net_kernel.monitor_nodes(true) return "ok", {} end
function Cache.handle_call.seen(seen, from) return "reply", seen, seen end
function Cache.handle_info(message, seen) seen[#seen + 1] = message return "noreply", seen end
print(Node.at_start{ id = "cache", start = { Cache, "start_link", { { name = "cache" } } } })
print(Process.whereis("cache"))
-- expect: true
-- expect: nil

local b, c = Node.start("b"), Node.start("c")
for _, node in ipairs { Node.self(), b, c } do
  print(node, inspect(Supervisor.which_children({ "kernel_sup", node })[1][1]))
end
print(inspect((GenServer.multi_call("cache", "seen"))))
-- expect: main@local	"cache"
-- expect: b@local	"cache"
-- expect: c@local	"cache"
-- expect: {
-- expect:   { "main@local", { { "nodeup", "b@local" }, { "nodeup", "c@local" } } },
-- expect:   { "b@local", { { "nodeup", "main@local" } } },
-- expect:   { "c@local", { { "nodeup", "main@local" } } }
-- expect: }

-- It is supervised.
send({ "cache", b }, "hello")
print(inspect(GenServer.call({ "cache", b }, "seen")))
Process.exit(Supervisor.which_children({ "kernel_sup", b })[1][2], "kill")
Process.sleep(1)
print(inspect(GenServer.call({ "cache", b }, "seen")))
-- expect: { { "nodeup", "main@local" }, "hello" }
-- expect: {}

-- And the node has it again when it starts again.
Node.stop(b)
print(inspect(GenServer.call("cache", "seen")))
print(pcall(GenServer.call, { "cache", b }, "seen"))
Node.start("b")
print(inspect(GenServer.call({ "cache", b }, "seen")))
-- expect: { { "nodeup", "b@local" }, { "nodeup", "c@local" }, { "nodedown", "b@local" } }
-- expect: false	** (exit) exited in: GenServer.call({ "cache", "b@local" }, "seen", 5000)
-- expect:     ** (EXIT) no connection to b@local
-- expect: { { "nodeup", "main@local" } }
