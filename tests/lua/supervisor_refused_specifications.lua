Process.flag("trap_exit", true)
Logger.configure { level = "none" }
W = GenServer.module "W"
function W.init(arg)
  if arg == "stop" then return "stop", "why" end
  return "ok", arg
end
local start = { W, "start_link", { 1 } }

local function try(child, opts)
  local sup, reason = Supervisor.start_link({ child }, opts or { strategy = "one_for_one" })
  print(sup, inspect(reason))
end
try { id = 1 }                                     -- expect: nil	{ "start_spec", "missing_start" }
try { start = start }                              -- expect: nil	{ "start_spec", "missing_id" }
try { id = 1, start = 3 }                          -- expect: nil	{ "start_spec", { "invalid_mfa", 3 } }
try { id = 1, start = start, restart = "no" }      -- expect: nil	{ "start_spec", { "invalid_restart_type", "no" } }
try { id = 1, start = start, shutdown = -1 }       -- expect: nil	{ "start_spec", { "invalid_shutdown", -1 } }
try { id = 1, start = start, type = "boss" }       -- expect: nil	{ "start_spec", { "invalid_child_type", "boss" } }
try { id = 1, start = start, modules = "W" }       -- expect: nil	{ "start_spec", { "invalid_modules", "W" } }
try({ W, 1 }, { strategy = "none" })               -- expect: nil	{ "supervisor_data", { "invalid_strategy", "none" } }
try({ W, 1 }, { strategy = "one_for_one", max_restarts = -1 })
-- expect: nil	{ "supervisor_data", { "invalid_intensity", -1 } }
try({ W, 1 }, { strategy = "one_for_one", max_seconds = 0 })
-- expect: nil	{ "supervisor_data", { "invalid_period", 0 } }
try { W, "stop" }                                  -- expect: nil	{ "shutdown", { "failed_to_start_child", "W", "why" } }
print(inspect(select(2, Supervisor.start_link({ { W, 1 }, { W, 2 } }, { strategy = "one_for_one" }))))
-- expect: { "start_spec", { "duplicate_child_name", "W" } }
local reason = select(2, Supervisor.start_link({ { id = 1, start = { W, "nope", { 1 } } } }, { strategy = "one_for_one" }))
local failure = reason[2][3]
print(reason[1], reason[2][1], reason[2][2], failure[1])     -- expect: shutdown	failed_to_start_child	1	EXIT
print((failure[2][1]:gsub("^.*: ", "")))                     -- expect: function W.nope/1 is undefined or private
