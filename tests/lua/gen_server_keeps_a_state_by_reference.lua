Logger.configure { level = "none" }

-- What a callback did to the state before it failed is seen by terminate.
Careless = GenServer.module "Careless"
function Careless.init(log) return "ok", { log = log, steps = 0 } end
function Careless.handle_cast.step(state)
  state.steps = state.steps + 1
  error("tripped")
end
function Careless.terminate(reason, state) send(state.log, { "steps", state.steps }) end

GenServer.cast(GenServer.start(Careless, self()), "step")
print(inspect(receive()))                          -- expect: { "steps", 1 }
