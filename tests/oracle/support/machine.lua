local machine = {}
Machine = GenStateMachine.module "Machine"

function machine.start(first, script, opts)
  local arg = { first = first, script = script, main = self() }
  for key, value in pairs(opts or {}) do arg[key] = value end
  return assert(GenStateMachine.start(Machine, arg))
end

function machine.casts(pid, events)
  for i = 1, #events do GenStateMachine.cast(pid, events[i]) end
end

function machine.keep() return "keep_state_and_data" end

local function plain(reason)
  local stack = type(reason) == "table" and #reason == 2 and reason[2]
  if type(stack) ~= "table" or type(stack[1]) ~= "string" or not stack[1]:find("[:%[]") then
    return reason
  end
  local text = reason[1]
  return { "raised", type(text) == "string" and text:gsub("^[^\n]-:%d+: ", "") or text }
end

function Machine.callback_mode() return Process.get("mode") end

function Machine.init(arg)
  if arg.trap then Process.flag("trap_exit", true) end
  local mode = "handle_event_function"
  Process.put("mode", arg.mode or arg.enter and { mode, "state_enter" } or mode)
  if arg.actions then return "ok", arg.first, arg, arg.actions end
  return "ok", arg.first, arg
end

function Machine.handle_event(type, content, state, arg)
  local kind = type[1] == "call" and "call" or type
  send(arg.main, { "event", state, kind, content })
  local results = table.pack(arg.script(type, content, state, arg))
  if results.n == 0 then return "keep_state_and_data" end
  return table.unpack(results, 1, results.n)
end

function Machine.terminate(reason, state, arg)
  if type(reason) == "string" then reason = reason:gsub("^[^\n]-:%d+: ", "") end
  if arg.last then send(arg.main, { "terminate", reason, state }) end
end

return function(oracle)
  function machine.show(ms)
    Process.sleep(ms or 100)
    oracle.show_mailbox("event")
  end

  function machine.caught(fn)
    local caught = oracle.caught(fn)
    if type(caught) ~= "table" or caught[1] ~= "exit" then return caught end
    local reason = caught[2]
    local where = type(reason) == "table" and reason[2]
    if type(where) == "table" and where[1] == "gen_statem" then
      return { "exit", plain(reason[1]), { table.unpack(where[3], 2) } }
    end
    return { "exit", plain(reason) }
  end

  function machine.down(pid)
    local ref = Process.monitor(pid)
    return function() oracle.show("down", plain(oracle.down(ref))) end
  end

  return machine
end
