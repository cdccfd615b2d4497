local function complain(fn, ...)
  local ok, err = pcall(fn, ...)
  print((tostring(err):gsub("^[^\n]-:%d+: ", "")))
end

M = GenServer.module "M"
complain(GenServer.start_link, nil, 1)
-- expect: bad argument #1 to 'GenServer.start_link' (module: a module expected, got nil)
complain(GenServer.start_link, M, 1, "name")
-- expect: bad argument #3 to 'GenServer.start_link' (opts: a table of options expected, got "name")
complain(GenServer.start_link, M, 1, { name = 12 })
-- expect: bad argument #3 to 'GenServer.start_link' (option name: a string, a module, { "via", Module, key } or { "global", name } expected, got 12)
complain(GenServer.start, M, 1, { timeout = "soon" })
-- expect: bad argument #3 to 'GenServer.start' (option timeout: milliseconds or "infinity" expected, got "soon")
complain(GenServer.start, M, { 1, coroutine.create(print) })
-- expect: arg[2]: a coroutine cannot be sent to another process
complain(GenServer.call, nil, "x")
-- expect: bad argument #1 to 'GenServer.call' (server: a pid, a name, { name, node }, { "via", module, name } or { "global", name } expected, got nil)
complain(GenServer.call, self(), { "get", print = coroutine.create(print) })
-- expect: request.print: a coroutine cannot be sent to another process
complain(GenServer.cast, 5, "x")
-- expect: bad argument #1 to 'GenServer.cast' (server: a pid, a name, { name, node }, { "via", module, name } or { "global", name } expected, got 5)
complain(GenServer.reply, "from", 1)
-- expect: bad argument #1 to 'GenServer.reply' (from: handle_call's from expected, got "from")
complain(GenServer.module, 1)
-- expect: bad argument #1 to 'GenServer.module' (name: the module's name, a string expected, got 1)
