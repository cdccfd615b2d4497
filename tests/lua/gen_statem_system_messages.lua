M = GenStateMachine.module "M"
function M.init() return "ok", "a", { n = 1 } end
function M.handle_event(type, content, state, data)
  return "keep_state_and_data", { "reply", type[2], { state, data.n } }
end
function M.code_change(old, state, data, extra)
  return "ok", extra, { n = data.n + old }
end

local pid = GenStateMachine.start(M)
print(inspect(sys.replace_state(pid, function(pair)
  pair[2].n = 5
  return { "b", pair[2] }
end)))                                              -- expect: { "b", { n = 5 } }
print(inspect(GenStateMachine.call(pid, "?")))      -- expect: { "b", 5 }
print(pcall(sys.replace_state, pid, function() error("no") end) == false)   -- expect: true
print(pcall(sys.replace_state, pid, function() return 1 end) == false)      -- expect: true
print(inspect(GenStateMachine.call(pid, "?")))      -- expect: { "b", 5 }
sys.suspend(pid)
print(sys.change_code(pid, M, 10, "c"))             -- expect: true
sys.resume(pid)
print(inspect(GenStateMachine.call(pid, "?")))      -- expect: { "c", 15 }
