local function complain(fn, ...)
  local ok, err = pcall(fn, ...)
  print((tostring(err):gsub("^[^\n]-:%d+: ", "")))
end
complain(Logger.configure, { level = "loud" })
-- expect: bad argument #1 to 'Logger.configure' (option level: "debug", "info", "notice", "warning", "error", "all" or "none" expected, got "loud")
complain(Logger.configure, "debug")
-- expect: bad argument #1 to 'Logger.configure' (options: a table such as { level = "info" } expected, got "debug")
complain(Logger.log, "none", "x")
-- expect: bad argument #1 to 'Logger.log' (level: "debug", "info", "notice", "warning" or "error" expected, got "none")
complain(Logger.info)
-- expect: Logger: a message is missing: a string, or a function that returns one
