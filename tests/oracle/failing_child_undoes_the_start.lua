local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Failing = GenServer.module "Failing"
function Failing.start_link() return GenServer.start_link(Failing, nil) end
function Failing.init() return "stop", "no_disk" end

oracle.trap_exit()

local children = {
  oracle.worker("a", {}, { trap = true }),
  oracle.worker("b", {}, { trap = true }),
  { Failing, nil },
  oracle.worker("d"),
}

oracle.show_result("start_link", Supervisor.start_link(children, { strategy = "one_for_one" }))
oracle.show_messages("message", 5)
