local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
local machine = dofile(((arg and arg[1] or "tests/oracle/support/oracle.lua"):gsub("oracle%.lua$", "machine.lua")))(oracle)
local function where(pid) oracle.settle() return Process.info(pid, "current_function") end

local function script(_, content)
  local action = type(content) == "table" and content[1] or content
  if action == "rest" then
    return "keep_state_and_data", { content == "rest" and "hibernate" or { "hibernate", content[2] } }
  elseif action == "rest_and_go_on" then
    return "keep_state_and_data", { "hibernate", { "next_event", "internal", "more" } }
  elseif action == "rest_for_a_time" then
    return "keep_state_and_data", { "hibernate", { "state_timeout", 150, "awake" } }
  end
  return "keep_state_and_data"
end

local pid = machine.start("on", script)
oracle.show("waits", where(pid))
GenStateMachine.cast(pid, "rest")
oracle.show("hibernates", where(pid))
GenStateMachine.cast(pid, "wake")
oracle.show("woken", where(pid))
GenStateMachine.cast(pid, { "rest", true })
oracle.show("told to", where(pid))
GenStateMachine.cast(pid, { "rest", false })
oracle.show("told not to", where(pid))
GenStateMachine.cast(pid, "rest_and_go_on")
oracle.show("goes on", where(pid))
GenStateMachine.cast(pid, "rest_for_a_time")
oracle.show("until the timeout", where(pid))
oracle.show("after it", where(pid))
pid = GenStateMachine.start(Machine, { first = "on", script = script, main = self() }, { hibernate_after = 10 })
oracle.show("hibernates after some time", where(pid))
GenStateMachine.cast(pid, "wake")
oracle.show("and again", where(pid))
sys.get_state(pid)
oracle.show("looked at", where(pid))
