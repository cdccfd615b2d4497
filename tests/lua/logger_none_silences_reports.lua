Logger.configure { level = "none" }
Logger.error("not seen")
Crashing = GenServer.module "Crashing"
function Crashing.init() return "ok", 0 end
function Crashing.handle_call() error("boom") end
print(pcall(GenServer.call, GenServer.start(Crashing), "x") == false)    -- expect: true
spawn(function() error("boom") end)
Process.sleep(10)
