local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")
local sup = Task.Supervisor.start_link()
local main = self()
oracle.show("known", { main, sup })
local function kin()
  local ancestors = Process.get("$ancestors")
  return { Process.get("$callers"), { ancestors[1], ancestors[2] } }
end
oracle.show("async", Task.await(Task.async(function() return { self(), table.unpack(kin()) } end)))
oracle.show("nested", Task.await(Task.async(function()
  return { self(), Task.await(Task.async(function() return kin()[1] end)) }
end)))
oracle.show("supervised", Task.await(Task.Supervisor.async(sup, function() return { self(), table.unpack(kin()) } end)))
oracle.show("supervised, nested", Task.await(Task.Supervisor.async(sup, function()
  return { self(), Task.await(Task.Supervisor.async(sup, kin)) }
end)))
oracle.show("nolink", Task.await(Task.Supervisor.async_nolink(sup, kin)))
Task.Supervisor.start_child(sup, function() send(main, { "child", kin() }) end)
oracle.show_messages("child", 1)
Task.start_link(function() send(main, { "started", kin()[1] }) end)
oracle.show_messages("started", 1)
local callers = {}
for _, value in Task.Supervisor.async_stream(sup, { 1 }, kin) do callers[#callers + 1] = value[1] end
oracle.show("stream", callers)
oracle.show("no callers", Process.get("$callers"))
