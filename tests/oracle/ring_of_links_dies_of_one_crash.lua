local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()
local size = 10

local function member()
  receive { { { "link", any }, function(following) Process.link(following) end } }
  send(main, "linked")
  exit(receive())
end

local function ring()
  local pids, refs = {}, {}
  for i = 1, size do pids[i] = spawn(member) end
  for i = 1, size do send(pids[i], { "link", pids[i % size + 1] }) end
  oracle.show_messages("message", size)
  for i = 1, size do refs[i] = Process.monitor(pids[i]) end
  return pids, refs
end

local pids, refs = ring()
send(pids[5], { "crash", 1 })
for i = 1, size do oracle.show("down", oracle.down(refs[i])) end
pids, refs = ring()
Process.exit(pids[3], "kill")
local reasons, seen = {}, {}
for i = 1, size do
  local reason = oracle.down(refs[i])
  if not seen[reason] then reasons[#reasons + 1] = reason end
  seen[reason] = true
end
oracle.show("reasons", reasons)
pids = ring()
send(pids[1], "normal")
oracle.settle()
oracle.show("alive", Enum.map(pids, Process.alive))
oracle.show("links", Enum.map(pids, function(pid)
  return Process.alive(pid) and #Process.info(pid, "links") or 0
end))
