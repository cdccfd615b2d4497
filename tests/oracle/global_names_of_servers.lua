local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
oracle.trap_exit()
local b = Node.start("b")
Node.connect(b)
global.sync()
local NAME = { "global", "server" }

Server = GenServer.module "Server"
function Server.init(arg) send(arg[1], { "init", self() }) return "ok", arg end
function Server.handle_call.get(state) return "reply", state[2], state end
function Server.handle_cast.put(state, n) return "noreply", { state[1], n } end
function Server.handle_info(message, state) send(state[1], { "info", message }) return "noreply", state end

local function use_it(main)
  send(main, { "call", GenServer.call(NAME, "get") })
  send(main, { "cast", GenServer.cast(NAME, { "put", 2 }) and "ok" })
  send(main, { "whereis", GenServer.whereis(NAME) })
  local pid, reason = GenServer.start_link(Server, { main, 9 }, { name = NAME })
  send(main, { "start", pid and { pid } or { "error", reason } })
end
local function own(main)
  assert(GenServer.start_link(Server, { main, 5 }, { name = { "global", "of_b" } }))
  Process.sleep("infinity")
end

oracle.show("nobody", GenServer.whereis(NAME))
oracle.show_reason("call nobody", oracle.caught(function() return GenServer.call(NAME, "get") end))
oracle.show_result("cast to nobody", GenServer.cast(NAME, "hello"))
oracle.show_reason("stop nobody", oracle.caught(function() return GenServer.stop(NAME) end))

local pid = GenServer.start_link(Server, { self(), 1 }, { name = NAME })
oracle.show("started", pid)
oracle.show_messages("init", 1)
oracle.show_result("twice", GenServer.start_link(Server, { self(), 2 }, { name = NAME }))
oracle.show_mailbox("init did not run")
oracle.show("it has no other name", Process.info(pid, "registered_name") == nil)
Node.spawn(b, use_it, self())
oracle.show_messages("there", 4)
oracle.settle()
oracle.show("call", GenServer.call(NAME, "get"))
oracle.show_result("stop", GenServer.stop(NAME))
oracle.show_messages("stopped", 1)
oracle.settle()
oracle.show("free", GenServer.whereis(NAME))

Node.spawn(b, own, self())
oracle.show_messages("init on b", 1)
oracle.settle()
oracle.show("call b", GenServer.call({ "global", "of_b" }, "get"))
oracle.show_result("already there", GenServer.start(Server, { self(), 2 }, { name = { "global", "of_b" } }))
Node.stop(b)
oracle.settle()
oracle.show_reason("b is gone", oracle.caught(function() return GenServer.call({ "global", "of_b" }, "get") end))
pid = GenServer.start(Server, { self(), 6 }, { name = { "global", "of_b" } })
oracle.show_messages("here now", 1)
oracle.show("the same", GenServer.whereis({ "global", "of_b" }) == pid)
local agent = Agent.start(function() return 3 end, { name = { "global", { "agent", 1 } } })
oracle.show("agent", Agent.get({ "global", { "agent", 1 } }, function(n) return n end))
oracle.show("its pid", global.whereis_name({ "agent", 1 }) == agent)
local sup = Supervisor.start_link({}, { strategy = "one_for_one", name = { "global", "sup" } })
oracle.show("supervisor", Supervisor.which_children({ "global", "sup" }))
oracle.show("its pid", global.whereis_name("sup") == sup)
