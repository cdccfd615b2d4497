local function complain(fn, ...)
  local ok, err = pcall(fn, ...)
  print((tostring(err):gsub("^[^\n]-:%d+: ", "")))
end
local one_for_one = { strategy = "one_for_one" }

complain(Supervisor.start_link, { 1 }, one_for_one)
-- expect: supervisors expect each child to be one of the following:
-- expect: 
-- expect:   * a module
-- expect:   * a { module, arg } table
-- expect:   * a child specification as a table with at least the id and start fields
-- expect: 
-- expect: Got: 1
complain(Supervisor.start_link, { {}, 2 }, one_for_one)
-- expect: supervisors expect each child to be one of the following:
-- expect: 
-- expect:   * a module
-- expect:   * a { module, arg } table
-- expect:   * a child specification as a table with at least the id and start fields
-- expect: 
-- expect: Got: {}
complain(Supervisor.start_link, { [2] = {} }, one_for_one)
-- expect: the children must be a list without holes, got { [2] = {} }
complain(Supervisor.start_link, { { init = print, n = 1 } }, one_for_one)
-- expect: a module without a name needs a child specification with an explicit id: { id = "…", start = function() return Module.start_link(arg) end }, or a name by GenServer.module
complain(Supervisor.start_link, {}, {})
-- expect: Supervisor.start_link: expected strategy option to be given
complain(Supervisor.start_link, {})
-- expect: bad argument #2 to 'Supervisor.start_link' (opts: a table with at least strategy expected, got nil)
complain(Supervisor.start_link, "children", one_for_one)
-- expect: bad argument #1 to 'Supervisor.start_link' (children: a list of children or a module expected, got "children")
W = GenServer.module "W"
complain(Supervisor.child_spec, W, { foo = 1 })
-- expect: unknown key foo in child specification override (there are id, start, restart, shutdown, type, modules and significant)
