local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Shop = Application.module "Shop"
Shop.args = { main = self(), word = "hello" }

local function worker(id, args)
  return { id = id, start = { Worker, "start_link", { { id = id, main = args.main, trap = true } } } }
end

function Shop.start(type, args)
  oracle.show("start", { type, args.word, Process.info(self(), "trap_exit") })
  local children = { worker("stock", args), worker("till", args) }
  local pid = Supervisor.start_link(children, { strategy = "one_for_one", name = "Shop.Supervisor" })
  return pid, "open"
end

function Shop.prep_stop(state)
  oracle.show("prep_stop", { state, Process.whereis("till") ~= nil })
  return "closing"
end

function Shop.stop(state)
  oracle.show("stop", { state, Process.whereis("Shop.Supervisor") or "none" })
  error("nobody hears of this")
end

oracle.show_result("load", Application.load("Shop"))
oracle.show_result("start", Application.start("Shop"))
oracle.show_result("again", Application.start("Shop"))
oracle.show_result("ensure_started", Application.ensure_started("Shop"))
oracle.show_messages("init", 2)
oracle.show_result("stop", Application.stop("Shop"))
oracle.show_messages("terminate", 2)
oracle.show_result("again", Application.stop("Shop"))
oracle.show_result("never heard of", Application.stop("Nothing"))
oracle.show_result("start again", Application.start("Shop", "temporary"))
local main = self()
spawn(function() send(main, { "stopped", Application.stop("Shop") }) end)
receive { { { "stopped", any }, function(ok) oracle.show("stopped", ok) end } }
oracle.show_messages("told", 4)
