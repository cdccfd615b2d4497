Logger.configure { level = "none" }
Ending = GenServer.module "Ending"
function Ending.init(main) return "ok", main end
function Ending.terminate(reason, main) send(main, { "terminate", reason }) end

local pid = GenServer.start(Ending, self())
print(sys.terminate(pid, "enough"))                -- expect: true
print(inspect(receive()))                          -- expect: { "terminate", "enough" }
