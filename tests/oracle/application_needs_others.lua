local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local function define(name, applications)
  local part = Application.module(name)
  part.args, part.applications = name, applications
  function part.start(type, args)
    if args == "broken" then return nil, "out_of_order" end
    oracle.show("start", args)
    return Supervisor.start_link({}, { strategy = "one_for_one" })
  end
  function part.stop(state) oracle.show("stop", self() ~= nil) end
end

define("Base", {})
define("Middle", { "Base" })
define("Side", {})
define("Top", { "Middle", "Side" })
define("broken", {})
define("Odd", { "Side", "broken" })
Application.module "Library"
define("Lost", { "Library", "Nowhere" })
local function running()
  return Enum.map(Application.started_applications(), function(app) return app[1] end)
end

oracle.show_result("too early", Application.start("Top"))
oracle.show_result("all", Application.ensure_all_started("Top"))
oracle.show_result("all again", Application.ensure_all_started("Top"))
oracle.show("running", running())
oracle.show_result("stop one below", Application.stop("Base"))
oracle.show("running", running())
oracle.show_result("stop", Application.stop("Side"))
oracle.show_result("one that fails", Application.ensure_all_started("Odd"))
oracle.show("running", running())
oracle.show_result("library", Application.start("Library"))
oracle.show_result("library", Application.stop("Library"))
oracle.show_result("one that is not there", Application.ensure_all_started("Lost"))
oracle.show_result("directly", Application.start("Lost"))
oracle.show_result("unknown", Application.start("Nowhere"))
oracle.show_result("unknown", Application.ensure_all_started("Nowhere"))
oracle.show_result("type", Application.start("Base", "forever"))
oracle.show("running", running())
