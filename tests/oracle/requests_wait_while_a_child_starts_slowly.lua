local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Slow = GenServer.module "Slow"
function Slow.start_link(id, main) return GenServer.start_link(Slow, { id, main }, { name = id }) end

function Slow.init(arg)
  send(arg[2], { "starting", arg[1] })
  Process.sleep(80)
  return "ok", arg[2]
end

function Slow.handle_cast.crash(state) return "stop", "crash", state end

local main = self()
local sup = Supervisor.start_link({}, { strategy = "one_for_one" })
local slow = { id = "a", start = { Slow, "start_link", { "a", main } } }
local function ask(label, fn) spawn(function() send(main, { label, fn() }) end) end
local function told(pid) return is_pid(pid) and "ok" or pid end
ask("started", function() return told((Supervisor.start_child(sup, slow))) end)
oracle.show_messages("message", 1)
ask("counted", function() return Supervisor.count_children(sup).active end)
Process.sleep(10)
ask("terminated", function() return Supervisor.terminate_child(sup, "a") and "ok" end)
Process.sleep(10)
ask("again", function() return told((Supervisor.restart_child(sup, "a"))) end)
Process.sleep(10)
oracle.show("too early", oracle.caught(function() return GenServer.call(sup, "count_children", 10) end)[1])
oracle.show_messages("message", 5)
GenServer.cast("a", "crash")
oracle.show_messages("message", 1)
ask("while_it_restarts", function()
  return Enum.map(Supervisor.which_children(sup), function(child) return { child[1], is_pid(child[2]) } end)
end)
Process.sleep(10)
oracle.show("supervisor's queue", Process.info(sup, "message_queue_len"))
oracle.show_messages("message", 1)
