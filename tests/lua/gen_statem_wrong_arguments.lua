local function complain(fn, ...)
  local ok, err = pcall(fn, ...)
  print((tostring(err):gsub("^[^\n]-:%d+: ", "")))
end

M = GenStateMachine.module "M"
complain(GenStateMachine.start_link, nil, 1)
-- expect: bad argument #1 to 'GenStateMachine.start_link' (module: a module expected, got nil)
complain(GenStateMachine.start, M, 1, "name")
-- expect: bad argument #3 to 'GenStateMachine.start' (opts: a table of options expected, got "name")
complain(GenStateMachine.start, M, { 1, coroutine.create(print) })
-- expect: arg[2]: a coroutine cannot be sent to another process
complain(GenStateMachine.call, 5, "x")
-- expect: bad argument #1 to 'GenStateMachine.call' (server: a pid, a name, { name, node }, { "via", module, name } or { "global", name } expected, got 5)
complain(GenStateMachine.call, self(), "x", "soon")
-- expect: bad argument #3 to 'GenStateMachine.call' (timeout: milliseconds, "infinity" or { "clean_timeout", milliseconds } expected, got "soon")
complain(GenStateMachine.call, self(), "x", { "odd", 5 })
-- expect: bad argument #3 to 'GenStateMachine.call' (timeout: milliseconds, "infinity" or { "clean_timeout", milliseconds } expected, got { "odd", 5 })
complain(GenStateMachine.call, self(), { print = coroutine.create(print) })
-- expect: request.print: a coroutine cannot be sent to another process
complain(GenStateMachine.cast, nil, "x")
-- expect: bad argument #1 to 'GenStateMachine.cast' (server: a pid, a name, { name, node }, { "via", module, name } or { "global", name } expected, got nil)
complain(GenStateMachine.reply, { 1, 2 }, 1)
-- expect: bad argument #1 to 'GenStateMachine.reply' (from: the from of { "call", from } expected, got { 1, 2 })
complain(GenStateMachine.stop, self(), "normal", -1)
-- expect: bad argument #3 to 'GenStateMachine.stop' (timeout: milliseconds or "infinity" expected, got -1)
complain(GenStateMachine.module, 1)
-- expect: bad argument #1 to 'GenStateMachine.module' (name: the module's name, a string expected, got 1)
