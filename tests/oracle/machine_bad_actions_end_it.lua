local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return "keep_state_and_data", { { "foo", 1 } } end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return "keep_state_and_data", "foo" end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return "keep_state_and_data", { "reply", "nobody", 1 } end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return "next_state", "b", d, { "state_timeout", -1, 1 } end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return "keep_state_and_data", { "next_event", "strange", 1 } end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end

do
  local pid = machine.start("a", function(type, content, state, d)
    if content == "go" then return "keep_state_and_data", { "timeout", "soon", 1 } end
  end, { last = true })
  local down = machine.down(pid)
  machine.casts(pid, { "go" })
  down()
  machine.show(20)
end
