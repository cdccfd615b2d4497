local support = arg and arg[1] or "tests/oracle/support/oracle.lua"
local oracle = dofile(support)
local machine = dofile((support:gsub("oracle%.lua$", "machine.lua")))(oracle)

local pid = machine.start("a", function(type, content, state, d) send(d.main, { "n", d.n }) end, { n = 1 })
local pair = sys.replace_state(pid, function(pair)
  pair[2].n = 2
  return { "b", pair[2] }
end)
oracle.show("replaced", { pair[1], pair[2].n })
machine.casts(pid, { "ask" })
machine.show(20)
oracle.show("fails", oracle.raises(function() sys.replace_state(pid, function() error("boom") end) end))
oracle.show("state", sys.get_state(pid)[1])
