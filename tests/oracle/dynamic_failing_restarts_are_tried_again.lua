local oracle = dofile(arg and arg[1] or "tests/oracle/support/oracle.lua")

Once = GenServer.module "Once"
function Once.start_link(main)
  send(main, { "start", self() })
  return receive {
    { { "answer", "ok" }, function() return spawn_link(function() Process.sleep("infinity") end) end },
    { { "answer", any }, function(other) return nil, other end },
  }
end

local main = self()
local sup = DynamicSupervisor.start_link { strategy = "one_for_one", max_restarts = 10 }

local function answer(value)
  receive { { { "start", any }, function(pid) send(pid, { "answer", value }) end } }
end

spawn_link(function()
  local pid = DynamicSupervisor.start_child(sup, { id = 1, start = { Once, "start_link", { main } } })
  send(main, { "child", pid })
end)

answer("ok")
local child = receive { { { "child", any }, function(pid) return pid end } }
Process.exit(child, "kill")
answer("no")
answer("no")
answer("ok")
oracle.settle()
oracle.show("count", DynamicSupervisor.count_children(sup))
child = DynamicSupervisor.which_children(sup)[1][2]
Process.exit(child, "kill")
answer("no")
answer("ignore")
oracle.settle()
oracle.show("count", DynamicSupervisor.count_children(sup))
