local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return error("boom") end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return exit("out") end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return exit("normal") end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return exit { "shutdown", d.first } end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end
