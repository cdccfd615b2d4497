local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Picky = GenServer.module "Picky"
function Picky.init(answer) return table.unpack(answer) end

oracle.trap_exit()
for _, answer in ipairs { { "stop", "no" }, { "ignore" }, { "nonsense" } } do
  oracle.show_result("start", GenServer.start(Picky, answer, { name = "picky" }))
  oracle.show("whereis", GenServer.whereis("picky"))
end
local pid = GenServer.start(Picky, { "ok", 1 }, { name = "picky" })
oracle.show("found", GenServer.whereis("picky") == pid)
