-- args: --virtual
-- A start function may take its time; meanwhile the supervisor does nothing else.
local main = self()
local function slow(id)
  return { id = id, start = function()
    Process.sleep(10)
    send(main, { "started", id })
    return spawn_link(function() receive() end)
  end }
end
local sup = Supervisor.start_link({ slow(1), slow(2) }, { strategy = "one_for_one" })
print(inspect(receive()), inspect(receive()))      -- expect: { "started", 1 }	{ "started", 2 }
local pid = Supervisor.start_child(sup, slow(3))
print(is_pid(pid), inspect(receive()))             -- expect: true	{ "started", 3 }
Process.exit(pid, "kill")
print(inspect(receive()))                          -- expect: { "started", 3 }
print(Supervisor.count_children(sup).active)       -- expect: 3

-- What a start function answers besides the pid goes to start_child's caller.
print(select(2, Supervisor.start_child(sup, { id = 4, start = function()
  return spawn_link(function() receive() end), "info"
end })))                                           -- expect: info
local none, reason = Supervisor.start_child(sup, { id = 5, start = function() return nil, "no_disk" end })
print(none, reason[1], reason[2].id)               -- expect: nil	no_disk	5
