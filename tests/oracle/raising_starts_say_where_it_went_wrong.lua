local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Failing = GenServer.module "Failing"
function Failing.init() error("in init") end
function Failing.start_link() return GenServer.start_link(Failing, nil) end
function Failing.start_raising() error("in the start function") end
function Failing.start_nonsense() return "nonsense" end

oracle.trap_exit()

local children = {
  { id = "init", start = { Failing, "start_link", { nil } } },
  { id = "start", start = { Failing, "start_raising", {} } },
  { id = "nonsense", start = { Failing, "start_nonsense", {} } },
}

for i, child in ipairs(children) do
  oracle.show_result("start_link", Supervisor.start_link({ child }, { strategy = "one_for_one" }))
end
