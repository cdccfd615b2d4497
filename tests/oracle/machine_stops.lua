local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return "stop" end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return "stop", "normal" end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return "stop", "why", d end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return "stop", { "shutdown", 1 } end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end
