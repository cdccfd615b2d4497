local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

local main = self()

local function chain(depth)
  return spawn_link(function()
    if depth == 3 then Process.flag("trap_exit", true) end
    if depth < 5 then chain(depth + 1) end
    send(main, { "up", depth })
    receive {
      { "crash", function() exit { "crash", depth } end },
      { { "EXIT", _, _ }, function(from, reason) send(main, { "depth", depth, reason }) end },
    }
    Process.sleep("infinity")
  end)
end

local all = { chain(1) }

local function next_of(pid, before)
  for _, link in ipairs(Process.info(pid, "links")) do
    if link ~= before then return link end
  end
end

oracle.settle()
oracle.show_messages("message", 5)
local before, pid = main, all[1]
while next_of(pid, before) do
  before, pid = pid, next_of(pid, before)
  all[#all + 1] = pid
end
oracle.show("count", #all)
send(all[#all], "crash")
oracle.settle()
oracle.show_mailbox("message")
oracle.show("alive", Enum.map(all, Process.alive))
