local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Steps = GenServer.module "Steps"

local function note(state, step)
  state.log[#state.log + 1] = step
  return state
end

function Steps.init(main)
  send(self(), "waiting_message")
  return "ok", { main = main, log = {} }, { "continue", "first" }
end

function Steps.handle_continue(step, state)
  if step == "first" then return "noreply", note(state, step), { "continue", "second" } end
  return "noreply", note(state, step)
end

function Steps.handle_info(message, state) return "noreply", note(state, message) end
function Steps.handle_cast.go(state) return "noreply", note(state, "cast"), { "continue", "after_cast" } end

function Steps.handle_call.log(state, from)
  return "reply", state.log, { main = state.main, log = {} }, { "continue", "after_call" }
end

local steps = GenServer.start_link(Steps, self())
oracle.show("log", GenServer.call(steps, "log"))
GenServer.cast(steps, "go")
oracle.show("log", GenServer.call(steps, "log"))
