local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Tree = Supervisor.module "Tree"
function Tree.init(flags) return "ok", { flags, {} } end

oracle.trap_exit()
local wrong = {
  { "strategy", "one_for_none" }, { "intensity", -1 }, { "intensity", "many" },
  { "period", 0 }, { "period", -5 }, { "auto_shutdown", "sometimes" },
}

for index, pair in ipairs(wrong) do
  local flags = { strategy = "one_for_one" }
  flags[pair[1]] = pair[2]
  oracle.show_result(pair[1], Supervisor.start_link(Tree, flags))
  oracle.show_messages("message", 1)
end
